import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { algorithmIdentifiers, craftToken, domainKey, fromHex, spkiOfPoint } from './crafted-token.ts';
import {
  accepted,
  hasOpenssl,
  keyArn,
  knownDomainKey,
  newRsaKey,
  openTestHsm,
  openToken,
  refusal,
} from './support.ts';

/** SM2 in its three uses: the standard's own examples, and OpenSSL on the other side. */

const signing = { algorithm: 'SM2DSA', messageType: 'RAW' } as const;
const encrypting = { algorithm: 'SM2PKE', context: {} } as const;
const message = Buffer.from('message digest');

let hsm: Hsm;
let token: ExportedKeyToken;
let publicKey: Uint8Array;

beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
  ({ token, publicKey } = await newKey());
});

async function newKey() {
  const made = accepted(await hsm.generateBackingKey({ keyArn, spec: 'SM2' }));
  return { token: made.token, publicKey: made.publicKey! };
}

/** GB/T 32918.5-2017, annexes A and C. */
const example = {
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  e: 'f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640',
  signature:
    '3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  plaintext: 'encryption standard',
  ciphertext:
    '307c022004ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73022100e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0042059983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766041321886ca989ca9c7d58087307ca93092d651efa',
};
const examplePublicKey = spkiOfPoint(algorithmIdentifiers.SM2, example.publicKey);
const exampleToken = craftToken('SM2', fromHex(example.privateKey), examplePublicKey);

describe("the standard's examples", () => {
  test('the signature of a message, and of its digest', async () => {
    const genuine = { ...signing, publicKey: examplePublicKey, signature: fromHex(example.signature) };
    accepted(await hsm.verify({ ...genuine, message }));
    const digest = { messageType: 'DIGEST', message: fromHex(example.e) } as const;
    accepted(await hsm.verify({ ...genuine, ...digest }));
  });

  test('the private key signs for the public key', async () => {
    const { signature } = accepted(await hsm.sign({ ...signing, token: exampleToken, message }));
    accepted(await hsm.verify({ ...signing, publicKey: examplePublicKey, signature, message }));
  });

  test('the ciphertext', async () => {
    const side = { ...encrypting, token: exampleToken };
    const opened = accepted(await hsm.decrypt({ ...side, ciphertext: fromHex(example.ciphertext) }));
    expect(Buffer.from(opened.plaintext!).toString()).toBe(example.plaintext);
  });
});

describe('signatures', () => {
  test('the same message never has the same one, and both types are one', async () => {
    const [first, second] = await Promise.all([
      hsm.sign({ ...signing, token: exampleToken, message }),
      hsm.sign({ ...signing, token: exampleToken, messageType: 'DIGEST', message: fromHex(example.e) }),
    ]);
    expect(accepted(first).signature).not.toEqual(accepted(second).signature);
    const genuine = { ...signing, publicKey: examplePublicKey, message };
    accepted(await hsm.verify({ ...genuine, signature: accepted(second).signature }));
  });

  test('nothing else verifies', async () => {
    const { signature } = accepted(await hsm.sign({ ...signing, token, message }));
    const genuine = { ...signing, publicKey, message, signature };
    accepted(await hsm.verify(genuine));
    const refuses = async (change: object) =>
      expect(refusal(await hsm.verify({ ...genuine, ...change }))).toBe('SIGNATURE_REJECTED');
    for (let byte = 0; byte < signature.length; byte += 3) {
      const altered = signature.slice();
      altered[byte]! ^= 1;
      await refuses({ signature: altered });
    }
    await refuses({ message: Buffer.from('another') });
    await refuses({ publicKey: (await newKey()).publicKey });
    await refuses({ publicKey: publicKey.subarray(1) });
    const offCurve = publicKey.slice();
    offCurve[offCurve.length - 1]! ^= 1;
    await refuses({ publicKey: offCurve });
    for (const odd of ['', '3006020100020100', '3006020101020101', '30060201ff020101']) {
      await refuses({ signature: fromHex(odd) });
    }
    const { publicKey: rsa } = await newRsaKey(hsm);
    await refuses({ publicKey: rsa });
  });

  test('digests of another length are errors', async () => {
    const digest = { messageType: 'DIGEST', message: new Uint8Array(31) } as const;
    await expect(hsm.sign({ ...signing, token, ...digest })).rejects.toThrow(RangeError);
  });
});

describe('encryption', () => {
  const side = () => ({ ...encrypting, token, publicKey });

  test('any plaintext of 1 to 1024 bytes comes back', async () => {
    const plaintexts = fc.uint8Array({ minLength: 1, maxLength: 1024 });
    await fc.assert(
      fc.asyncProperty(plaintexts, async (plaintext) => {
        const { ciphertext } = accepted(await hsm.encrypt({ ...side(), plaintext }));
        expect(accepted(await hsm.decrypt({ ...side(), ciphertext })).plaintext).toEqual(plaintext);
      }),
      { numRuns: 20, examples: [[new Uint8Array(1)], [new Uint8Array(1024)]] },
    );
  });

  test.each([0, 1025])('%i bytes are no plaintext', async (length) => {
    const command = { ...side(), plaintext: new Uint8Array(length) };
    await expect(hsm.encrypt(command)).rejects.toThrow(RangeError);
  });

  test('altered and foreign ciphertexts are refused', async () => {
    const { ciphertext } = accepted(await hsm.encrypt({ ...side(), plaintext: Buffer.from('secret') }));
    const refuses = async (odd: Uint8Array) =>
      expect(refusal(await hsm.decrypt({ ...side(), ciphertext: odd }))).toBe('CIPHERTEXT_REJECTED');
    for (let byte = 0; byte < ciphertext.length; byte++) {
      const altered = ciphertext.slice();
      altered[byte]! ^= 1;
      await refuses(altered);
    }
    await refuses(new Uint8Array());
    await refuses(ciphertext.subarray(0, -1));
    await refuses(Buffer.concat([ciphertext, Buffer.of(0)]));
    await refuses(new Uint8Array(6144).fill(0x30));
    await refuses(fromHex(example.ciphertext));
    // C1 = (0, 0) with nothing inside.
    await refuses(fromHex(`3028020100020100042000${'00'.repeat(31)}0400`));
  });

  test('the public key must be there, and be that of the token', async () => {
    const plaintext = Buffer.from('x');
    await expect(hsm.encrypt({ ...encrypting, token, plaintext })).rejects.toThrow(TypeError);
    const { publicKey: foreign } = await newKey();
    for (const wrong of [foreign, new Uint8Array()]) {
      const result = await hsm.encrypt({ ...encrypting, token, publicKey: wrong, plaintext });
      expect(refusal(result)).toBe('TOKEN_REJECTED');
    }
  });

  test('tokens of other kinds are refused', async () => {
    const { token: rsa, publicKey: rsaPublicKey } = await newRsaKey(hsm);
    const wrong = { ...encrypting, token: rsa, publicKey: rsaPublicKey };
    expect(refusal(await hsm.encrypt({ ...wrong, plaintext: message }))).toBe('TOKEN_REJECTED');
    expect(refusal(await hsm.decrypt({ ...wrong, ciphertext: message }))).toBe('TOKEN_REJECTED');
    const asRsa = { token, publicKey, algorithm: 'RSAES_OAEP_SHA_256', context: {} } as const;
    expect(refusal(await hsm.encrypt({ ...asRsa, plaintext: message }))).toBe('TOKEN_REJECTED');
    expect(refusal(await hsm.decrypt({ ...asRsa, ciphertext: message }))).toBe('TOKEN_REJECTED');
  });

  test('re-encryption goes to a symmetric key and says when it is too much to go back', async () => {
    const symmetricToken = accepted(
      await hsm.generateBackingKey({ keyArn, spec: 'SYMMETRIC_DEFAULT' }),
    ).token;
    const symmetric = { token: symmetricToken, algorithm: 'SYMMETRIC_DEFAULT', context: {} } as const;
    const { ciphertext } = accepted(await hsm.encrypt({ ...side(), plaintext: message }));
    const source = { ...side(), ciphertext };
    const there = accepted(await hsm.reEncrypt({ source, destination: symmetric }));
    const back = { ...symmetric, ciphertext: there.ciphertext };
    const moved = accepted(await hsm.reEncrypt({ source: back, destination: side() }));
    const opened = accepted(await hsm.decrypt({ ...side(), ciphertext: moved.ciphertext }));
    expect(Buffer.from(opened.plaintext!)).toEqual(message);

    const long = accepted(await hsm.encrypt({ ...symmetric, plaintext: new Uint8Array(1025) }));
    const tooMuch = { ...symmetric, ciphertext: long.ciphertext };
    expect(refusal(await hsm.reEncrypt({ source: tooMuch, destination: side() }))).toBe('PLAINTEXT_UNFIT');
  });
});

describe('key agreement', () => {
  test('both sides find the same x coordinate', async () => {
    const other = await newKey();
    const ours = accepted(await hsm.deriveSharedSecret({ token, publicKey: other.publicKey }));
    const theirs = accepted(await hsm.deriveSharedSecret({ token: other.token, publicKey }));
    expect(ours.sharedSecret!.length).toBe(32);
    expect(ours.sharedSecret).toEqual(theirs.sharedSecret);
  });

  test('what is no point of the curve is refused', async () => {
    const offCurve = publicKey.slice();
    offCurve[offCurve.length - 1]! ^= 1;
    const { publicKey: rsa } = await newRsaKey(hsm);
    for (const wrong of [offCurve, new Uint8Array(), publicKey.subarray(1), rsa]) {
      const result = await hsm.deriveSharedSecret({ token, publicKey: wrong });
      expect(refusal(result)).toBe('PUBLIC_KEY_REJECTED');
    }
  });
});

describe.skipIf(!hasOpenssl)('OpenSSL', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'glass-kms-'));
    const scalar = openToken(token, domainKey).toString('hex');
    const point = Buffer.from(publicKey.subarray(-65)).toString('hex');
    const algorithm = algorithmIdentifiers.SM2;
    // PKCS #8 and ECPrivateKey (RFC 5958, RFC 5915).
    writeFileSync(
      join(folder, 'private.der'),
      fromHex(`308187020100${algorithm}046d306b0201010420${scalar}a144034200${point}`),
    );
    writeFileSync(join(folder, 'public.der'), publicKey);
    writeFileSync(join(folder, 'message'), message);
    openssl('pkey', '-inform', 'DER', '-in', 'private.der', '-out', 'private.pem');
    openssl('pkey', '-pubin', '-inform', 'DER', '-in', 'public.der', '-pubout', '-out', 'public.pem');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  const identity = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
  const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));

  test('names the curve, and finds the public key of the private one', () => {
    const text = openssl('pkey', '-in', 'private.pem', '-pubout', '-text');
    expect(text).toContain('SM2');
    expect(text).toContain(readFileSync(join(folder, 'public.pem'), 'utf8').trim());
  });

  test("verifies the module's signature, and the module verifies OpenSSL's", async () => {
    const { signature } = accepted(await hsm.sign({ ...signing, token, message }));
    writeFileSync(join(folder, 'signature'), signature);
    const files = ['-inkey', 'public.pem', '-pubin', '-in', 'message', '-sigfile', 'signature'];
    expect(openssl('pkeyutl', '-verify', ...files, ...identity)).toContain('Verified Successfully');

    openssl('pkeyutl', '-sign', '-inkey', 'private.pem', '-in', 'message', '-out', 'theirs', ...identity);
    accepted(await hsm.verify({ ...signing, publicKey, message, signature: read('theirs') }));
  });

  test("opens the module's ciphertext, and the module opens OpenSSL's", async () => {
    const plaintext = Buffer.from('attack at dawn');
    const side = { ...encrypting, token, publicKey };
    const { ciphertext } = accepted(await hsm.encrypt({ ...side, plaintext }));
    writeFileSync(join(folder, 'ciphertext'), ciphertext);
    const opened = openssl('pkeyutl', '-decrypt', '-inkey', 'private.pem', '-in', 'ciphertext');
    expect(opened).toBe('attack at dawn');

    const files = ['-inkey', 'public.pem', '-pubin', '-in', 'message', '-out', 'theirs.enc'];
    openssl('pkeyutl', '-encrypt', ...files);
    const theirs = accepted(await hsm.decrypt({ ...side, ciphertext: read('theirs.enc') }));
    expect(Buffer.from(theirs.plaintext!)).toEqual(message);
  });
});
