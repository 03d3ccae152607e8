import {
  constants,
  createCipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { utf8Bytes } from '../../src/engine/hsm/bytes.ts';
import { parseCiphertextBlob } from '../../src/engine/hsm/ciphertext-blob.ts';
import type { BackingKeySpec, ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { connectHsm, serveHsm } from '../../src/engine/hsm/port.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { HsmStore } from '../../src/engine/hsm/store/store.ts';
import {
  accepted,
  ciphers,
  keyArn as arn,
  knownDomainKey,
  newRsaKey,
  newToken,
  openGcm,
  openTestHsm,
  openToken,
  otherRegionKeyArn,
  startTime,
} from './support.ts';

/**
 * A backing key's bytes come out of the module in a token only. Each way that Web Crypto or the module's own
 * commands might offer is tried here. The tests know the domain key, and so what bytes to look for.
 */

const domainKey = new Uint8Array(32).fill(7);
const { subtle } = crypto;

let store: HsmStore;
let hsm: Hsm;

beforeEach(async () => {
  store = memoryHsmStore(await knownDomainKey(domainKey));
  hsm = await openTestHsm(store);
});

afterEach(() => void vi.restoreAllMocks());

/** One call of a Web Crypto function: what went in, what came out. */
interface SubtleCall {
  name: string;
  args: unknown[];
  result: unknown;
  /** Not a copy. */
  handle?: CryptoKey;
}

/** Records every call of Web Crypto from now on, with copies of all bytes. */
function watchSubtle(): SubtleCall[] {
  const calls: SubtleCall[] = [];
  const names = [
    ...['encrypt', 'decrypt', 'sign', 'verify', 'digest', 'generateKey', 'deriveKey', 'deriveBits'],
    ...['importKey', 'exportKey', 'wrapKey', 'unwrapKey'],
  ];
  for (const name of names) {
    const original = Reflect.get(subtle, name) as (...args: unknown[]) => Promise<unknown>;
    vi.spyOn(subtle, name as 'encrypt').mockImplementation(async (...args: unknown[]) => {
      const call: SubtleCall = { name, args: args.map((arg) => structuredClone(arg)), result: undefined };
      calls.push(call);
      const result = await Reflect.apply(original, subtle, args);
      call.result = structuredClone(result);
      if (result instanceof CryptoKey) call.handle = result;
      return result as ArrayBuffer;
    });
  }
  return calls;
}

/**
 * All bytes and texts in a value, however deep, that could hold a key. Of a view, its whole buffer: a reply that
 * is a small part of a secret array would carry all of it into another worker.
 */
function* contents(value: unknown): Generator<Buffer> {
  if (value instanceof ArrayBuffer) yield Buffer.from(value);
  else if (ArrayBuffer.isView(value)) yield Buffer.from(value.buffer);
  else if (typeof value === 'string') {
    yield Buffer.from(value);
    yield Buffer.from(value, 'hex');
    yield Buffer.from(value, 'base64');
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) yield* contents(member);
  }
}

function holds(value: unknown, secrets: Buffer[]): boolean {
  return [...contents(value)].some((bytes) => secrets.some((secret) => bytes.includes(secret)));
}

/** Every number of an RSA private key that must not be seen, as bytes. */
function rsaSecrets(token: ExportedKeyToken): Buffer[] {
  return numbersOf(openToken(token, domainKey));
}

function numbersOf(pkcs8: Buffer): Buffer[] {
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const { d, p, q, dp, dq, qi } = key.export({ format: 'jwk' });
  return [d, p, q, dp, dq, qi].map((number) => Buffer.from(number!, 'base64url'));
}

/** Uses a module's every command, watched, and gives all its replies with the secrets that it made. */
async function useEverything(module: Hsm): Promise<{ replies: unknown[]; secrets: Buffer[] }> {
  const watched = true;
  const context = { dept: 'IT' };
  const plaintext = utf8Bytes('plaintext');
  const made = accepted(await module.generateBackingKey({ keyArn: arn, spec: 'SYMMETRIC_DEFAULT', watched }));
  const { token } = made;
  const encrypted = accepted(await module.encrypt({ ...ciphers, token, context, plaintext, watched }));
  const { ciphertext } = encrypted;
  const backingKey = openToken(token, domainKey);
  const perCallKey = createHmac('sha256', backingKey)
    .update(Buffer.from('\0\0\0\u0001GlassKMS per-call key\0'))
    .update(parseCiphertextBlob(ciphertext)!.nonce)
    .update(Buffer.from('\0\0\u0001\0'))
    .digest();

  const rsaMade = accepted(await module.generateBackingKey({ keyArn: arn, spec: 'RSA_2048', watched }));
  const rsa = { token: rsaMade.token, publicKey: rsaMade.publicKey!, context: {}, watched } as const;
  const oaep = { ...rsa, algorithm: 'RSAES_OAEP_SHA_256' } as const;
  const rsaEncrypted = accepted(await module.encrypt({ ...oaep, plaintext }));
  const raw = { algorithm: 'RSASSA_PSS_SHA_256', message: plaintext, messageType: 'RAW' } as const;
  const digest = { ...raw, message: new Uint8Array(32), messageType: 'DIGEST' } as const;
  const signedRaw = accepted(await module.sign({ ...rsa, ...raw }));
  const signedDigest = accepted(await module.sign({ ...rsa, ...digest }));
  const symmetric = { ...ciphers, token, context };
  const altered = { ...token, sealed: new Uint8Array(48) };

  const wrapping = { wrappingKeySpec: 'RSA_2048', wrappingAlgorithm: 'RSA_AES_KEY_WRAP_SHA_256' } as const;
  const begun = accepted(
    await module.beginImport({ ...wrapping, keyArn: arn, validTo: startTime + 1, watched }),
  );
  const material = randomBytes(32);
  const aesKey = randomBytes(32);
  const importing = {
    ...{ keyArn: arn, importToken: begun.importToken, now: startTime, watched },
    encryptedMaterial: wrapMaterial(begun.publicKey, aesKey, material),
  };

  const make = async (spec: BackingKeySpec) =>
    accepted(await module.generateBackingKey({ keyArn: arn, spec, watched }));
  const [hmac, curve, bitcoin, kem, mlDsa, sm2] = [
    ...[await make('HMAC_256'), await make('ECC_NIST_P256'), await make('ECC_SECG_P256K1')],
    ...[await make('ML_KEM_512'), await make('ML_DSA_44'), await make('SM2')],
  ] as const;
  const mac = { token: hmac.token, algorithm: 'HMAC_SHA_256', message: plaintext, watched } as const;
  const ecdsa = { ...digest, algorithm: 'ECDSA_SHA_256', watched } as const;
  const other = await make('ECC_NIST_P256');
  const agreeing = { token: curve.token, publicKey: other.publicKey!, watched };
  const sm2Pke = { ...ciphers, ...sm2, algorithm: 'SM2PKE', watched } as const;
  const sm2Encrypted = accepted(await module.encrypt({ ...sm2Pke, plaintext }));
  const encapsulated = accepted(await module.encapsulate({ ...kem, publicKey: kem.publicKey!, watched }));
  const enclave = { kind: 'enclave', pcrs: {}, publicKey: rsa.publicKey, now: startTime } as const;
  const attested = await module.attest(enclave);
  const pair = { token, context, pairSpec: 'ECC_NIST_P256', withPlaintext: false, watched } as const;

  const replies = [
    ...[hmac, curve, other, bitcoin, kem, mlDsa, sm2, sm2Encrypted, encapsulated, attested],
    await module.generateMac(mac),
    await module.verifyMac({ ...mac, mac: new Uint8Array(32) }),
    await module.sign({ ...ecdsa, token: curve.token }),
    await module.sign({ ...ecdsa, token: bitcoin.token }),
    await module.sign({ ...raw, token: mlDsa.token, algorithm: 'ML_DSA_SHAKE_256', watched }),
    await module.sign({ ...raw, token: sm2.token, algorithm: 'SM2DSA', watched }),
    await module.decrypt({ ...sm2Pke, ciphertext: sm2Encrypted.ciphertext }),
    await module.deriveSharedSecret(agreeing),
    await module.deriveSharedSecret({ ...agreeing, token: sm2.token, publicKey: sm2.publicKey! }),
    await module.decapsulate({ token: kem.token, ciphertext: encapsulated.ciphertext, watched }),
    await module.generateDataKeyPair(pair),
    await module.readAttestation({ document: attested.document, now: startTime, watched }),
    await module.readAttestation({ document: attested.document, now: 0, watched }),
    ...[made, encrypted, rsaMade, rsaEncrypted, signedRaw, signedDigest],
    await module.decrypt({ ...symmetric, ciphertext, watched }),
    await module.decrypt({ ...symmetric, context: {}, ciphertext, watched }),
    await module.decrypt({ ...symmetric, token: altered, ciphertext, watched }),
    await module.decrypt({ ...oaep, ciphertext: rsaEncrypted.ciphertext }),
    await module.decrypt({ ...oaep, ciphertext: new Uint8Array(256) }),
    await module.reEncrypt({ source: { ...symmetric, ciphertext }, destination: oaep, watched }),
    await module.generateDataKey({ ...symmetric, length: 32, withPlaintext: true, watched }),
    await module.generateRandom({ length: 32, watched }),
    await module.verify({ ...rsa, ...raw, signature: signedRaw.signature }),
    await module.verify({ ...rsa, ...digest, signature: signedDigest.signature }),
    await module.verify({ ...rsa, ...digest, signature: signedRaw.signature }),
    begun,
    await module.importMaterial({ ...importing, spec: 'SYMMETRIC_DEFAULT' }),
    await module.importMaterial({ ...importing, spec: 'RSA_2048' }),
    await module.importMaterial({ ...importing, spec: 'SYMMETRIC_DEFAULT', now: startTime + 2 }),
    await module.importMaterial({
      ...importing,
      spec: 'SYMMETRIC_DEFAULT',
      encryptedMaterial: new Uint8Array(300),
    }),
    await module.replicate({ token, replicaArn: otherRegionKeyArn, watched }),
    await module.replicate({ token: rsa.token, replicaArn: otherRegionKeyArn, watched }),
    await module.replicate({ token: altered, replicaArn: otherRegionKeyArn, watched }),
    await module.view(),
  ];
  const raws = [hmac, bitcoin, kem, mlDsa, sm2].map((key) => openToken(key.token, domainKey));
  const secrets = [
    ...[
      backingKey,
      perCallKey,
      Buffer.from(domainKey),
      ...raws,
      curveNumber(openToken(curve.token, domainKey)),
    ],
    ...[material, aesKey, ...rsaSecrets(rsa.token), ...numbersOf(wrappingKeyIn(begun.importToken))],
  ];
  return { replies, secrets };
}

function curveNumber(pkcs8: Buffer): Buffer {
  const { d } = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  return Buffer.from(d!, 'base64url');
}

/**
 * As a customer does it: RSA-OAEP of an AES key, AES-KWP of the material. In an array of its own: Node's buffers
 * share one, where this file's secrets may stand beside it.
 */
function wrapMaterial(publicKey: Uint8Array, aesKey: Uint8Array, material: Uint8Array): Uint8Array {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const cipher = createCipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('a65959a6', 'hex'));
  const wrapped = Buffer.concat([cipher.update(material), cipher.final()]);
  return new Uint8Array([...publicEncrypt({ key, padding, oaepHash: 'sha256' }, aesKey), ...wrapped]);
}

/** The private half of a wrapping pair, PKCS #8. */
function wrappingKeyIn(importToken: Uint8Array): Buffer {
  const ivOffset = 3 + Buffer.from(importToken).readUInt16BE(1);
  const iv = importToken.subarray(ivOffset, ivOffset + 12);
  return openGcm(domainKey, iv, importToken.subarray(0, ivOffset), importToken.subarray(ivOffset + 12));
}

describe('no reply holds a key', () => {
  test('the search finds what it must', () => {
    const secret = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    const hidings = [
      secret,
      new Uint8Array(secret).buffer,
      secret.toString('hex'),
      secret.toString('base64'),
      secret.toString('base64url'),
      Buffer.concat([Buffer.from('before'), secret]).subarray(0, 2),
    ];
    for (const hiding of hidings) expect(holds({ a: [{ b: hiding }] }, [secret])).toBe(true);
    expect(holds({ a: [Buffer.alloc(64), 'text'] }, [secret])).toBe(false);
  });

  test('not from any command, done or refused, with all its steps', async () => {
    const { replies, secrets } = await useEverything(hsm);
    for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(32);
    for (const [index, reply] of replies.entries()) {
      expect(holds(reply, secrets), `reply ${index}`).toBe(false);
    }
  });

  test('nor through a message port', async () => {
    const { port1, port2 } = new MessageChannel();
    const crossed: unknown[] = [];
    serveHsm(hsm, port1);
    const remote = connectHsm(port2);
    port2.addEventListener('message', ({ data }) => crossed.push(data));
    const { replies, secrets } = await useEverything(remote);
    port1.close();
    expect(crossed.length).toBe(replies.length);
    expect(holds(crossed, secrets)).toBe(false);
  });
});

describe('inside the module', () => {
  test("no symmetric key's bytes pass through a script, nor come near Web Crypto's exports", async () => {
    await hsm.view();
    const calls = watchSubtle();
    const token = await newToken(hsm);
    const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext: utf8Bytes('x') }));
    accepted(await hsm.decrypt({ ...ciphers, token, ciphertext }));
    vi.restoreAllMocks();

    expect(new Set(calls.map(({ name }) => name))).toEqual(
      new Set(['generateKey', 'sign', 'wrapKey', 'unwrapKey', 'importKey', 'encrypt', 'decrypt']),
    );
    expect(holds(calls, [openToken(token, domainKey)])).toBe(false);
  });

  test("an RSA private key's numbers pass through a script for a signature over a digest only", async () => {
    const { token, publicKey } = await newRsaKey(hsm);
    const secrets = rsaSecrets(token);
    const rsa = { token, publicKey, context: {}, algorithm: 'RSAES_OAEP_SHA_256' } as const;
    const signing = { token, algorithm: 'RSASSA_PSS_SHA_256', message: new Uint8Array(32) } as const;

    const calls = watchSubtle();
    const { ciphertext } = accepted(await hsm.encrypt({ ...rsa, plaintext: utf8Bytes('x') }));
    accepted(await hsm.decrypt({ ...rsa, ciphertext }));
    accepted(await hsm.sign({ ...signing, messageType: 'RAW' }));
    expect(calls.some(({ name }) => name === 'exportKey')).toBe(false);
    expect(holds(calls, secrets)).toBe(false);

    accepted(await hsm.sign({ ...signing, messageType: 'DIGEST' }));
    const exports = calls.filter(({ name }) => name === 'exportKey');
    expect(exports.map(({ args }) => args[0])).toEqual(['jwk']);
    expect(holds(exports, secrets)).toBe(true);
  });

  test('the handles that the module keeps cannot be exported, wrapped or cloned into such', async () => {
    const { token: rsa } = await newRsaKey(hsm);
    const token = await newToken(hsm);
    const calls = watchSubtle();
    accepted(await hsm.encrypt({ ...ciphers, token, plaintext: utf8Bytes('x') }));
    const signing = {
      algorithm: 'RSASSA_PSS_SHA_256',
      message: utf8Bytes('x'),
      messageType: 'RAW',
    } as const;
    accepted(await hsm.sign({ token: rsa, ...signing }));
    vi.restoreAllMocks();

    const handles = calls.map(({ result }) => result).filter((result) => result instanceof CryptoKey);
    expect(handles.map(({ type, usages }) => [type, usages])).toEqual([
      ['secret', ['sign']],
      ['secret', ['encrypt']],
      ['private', ['sign']],
    ]);
    const wrappingKey = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['wrapKey']);
    const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };
    for (const handle of handles) {
      for (const key of [handle, structuredClone(handle)]) {
        expect(key.extractable).toBe(false);
        for (const format of ['raw', 'pkcs8', 'jwk'] as const) {
          await expect(subtle.exportKey(format, key)).rejects.toThrow();
          await expect(subtle.wrapKey(format, key, wrappingKey, algorithm)).rejects.toThrow();
        }
      }
    }
  });
});

describe('when a key moves', () => {
  test('a replicated key, and what it is wrapped with, are handles all the way', async () => {
    const { token: rsa } = await newRsaKey(hsm);
    const token = await newToken(hsm);
    const secrets = [openToken(token, domainKey), ...rsaSecrets(rsa)];
    await newToken(hsm, 'SYMMETRIC_DEFAULT', otherRegionKeyArn);
    const calls = watchSubtle();
    accepted(await hsm.replicate({ token, replicaArn: otherRegionKeyArn }));
    accepted(await hsm.replicate({ token: rsa, replicaArn: otherRegionKeyArn }));
    vi.restoreAllMocks();

    expect(holds(calls, secrets)).toBe(false);
    const exported = calls.filter(({ name }) => name === 'exportKey').map(({ args }) => args[1] as CryptoKey);
    expect(new Set(exported.map(({ type }) => type))).toEqual(new Set(['public']));
    // Web Crypto wraps extractable keys only, so the backing keys are, once on either side, and nothing else is.
    const handles = calls.flatMap(({ name, result }) =>
      result instanceof CryptoKey && result.type !== 'public'
        ? [{ name, extractable: result.extractable }]
        : [],
    );
    for (const { name, extractable } of handles) expect(extractable).toBe(name === 'unwrapKey');
    expect(handles.filter(({ extractable }) => extractable).length).toBe(4);
  });

  test('a wrapping pair’s private half is a handle from its making to its last use', async () => {
    await hsm.view();
    const calls = watchSubtle();
    const pair = { wrappingKeySpec: 'RSA_2048', wrappingAlgorithm: 'RSA_AES_KEY_WRAP_SHA_256' } as const;
    const begun = accepted(await hsm.beginImport({ ...pair, keyArn: arn, validTo: startTime }));
    const encryptedMaterial = wrapMaterial(begun.publicKey, randomBytes(32), randomBytes(32));
    const importing = { keyArn: arn, spec: 'SYMMETRIC_DEFAULT', now: startTime } as const;
    accepted(await hsm.importMaterial({ ...importing, encryptedMaterial, importToken: begun.importToken }));
    vi.restoreAllMocks();

    expect(holds(calls, numbersOf(wrappingKeyIn(begun.importToken)))).toBe(false);
    const unsealed = calls.filter(({ name }) => name === 'unwrapKey').map(({ result }) => result);
    expect(unsealed).toMatchObject([{ type: 'private', extractable: false, usages: ['decrypt'] }]);
  });

  test('imported bytes are overwritten after use', async () => {
    const pair = { wrappingKeySpec: 'RSA_2048', wrappingAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
    const { publicKey, importToken } = accepted(
      await hsm.beginImport({ ...pair, keyArn: arn, validTo: startTime }),
    );
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    const oaep = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    const importKey = vi.spyOn(subtle, 'importKey');
    const importing = { keyArn: arn, importToken, now: startTime } as const;
    const encryptedMaterial = publicEncrypt(oaep, randomBytes(32));
    accepted(await hsm.importMaterial({ ...importing, spec: 'SYMMETRIC_DEFAULT', encryptedMaterial }));
    const imported = importKey.mock.calls.map(([, bytes]) => bytes as unknown as Uint8Array);
    expect(imported).toEqual([new Uint8Array(32)]);
  });
});

describe('the domain keys in the modules', () => {
  /** Each module's handle, and all that it did to come by it, as it is switched on. */
  async function switchOn(kept: HsmStore): Promise<{ handles: CryptoKey[]; calls: SubtleCall[] }> {
    const calls = watchSubtle();
    await (await openTestHsm(kept)).view();
    vi.restoreAllMocks();
    const handles = calls.flatMap(({ name, handle }) =>
      name === 'unwrapKey' && handle?.usages.includes('wrapKey') ? [handle] : [],
    );
    return { handles, calls };
  }

  test('neither leaves nor encrypts nor decrypts', async () => {
    const hidden = memoryHsmStore();
    await newToken(await openTestHsm(hidden));
    const { handles, calls } = await switchOn(hidden);
    expect(handles.length).toBe(3);
    for (const { result } of calls) {
      if (result instanceof CryptoKey && result.type !== 'public') expect(result.extractable).toBe(false);
    }
    expect(calls.some(({ name }) => name === 'exportKey')).toBe(false);

    const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };
    const wrappingKey = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['wrapKey']);
    for (const candidate of handles.flatMap((key) => [key, structuredClone(key)])) {
      expect(candidate.extractable).toBe(false);
      for (const format of ['raw', 'jwk'] as const) {
        await expect(subtle.exportKey(format, candidate)).rejects.toThrow();
        await expect(subtle.wrapKey(format, candidate, wrappingKey, algorithm)).rejects.toThrow();
        await expect(subtle.wrapKey(format, candidate, candidate, algorithm)).rejects.toThrow();
      }
      await expect(subtle.encrypt(algorithm, candidate, new Uint8Array(16))).rejects.toThrow();
      await expect(subtle.decrypt(algorithm, candidate, new Uint8Array(32))).rejects.toThrow();
    }
  });

  test('is no use for opening a token by decryption', async () => {
    const token = await newToken(hsm);
    const [key] = (await switchOn(store)).handles;
    const { materialId, keyArn, spec, domainKeyId } = token;
    const identity = ['GlassKMS exported key token', materialId, keyArn, spec, domainKeyId];
    const algorithm = {
      name: 'AES-GCM',
      iv: new Uint8Array(token.iv),
      additionalData: Buffer.from(JSON.stringify(identity)),
    };
    await expect(subtle.decrypt(algorithm, key!, new Uint8Array(token.sealed))).rejects.toThrow();
  });
});

test('temporary bytes are overwritten after use', async () => {
  const token = await newToken(hsm);
  const importKey = vi.spyOn(subtle, 'importKey');
  const encrypt = vi.spyOn(subtle, 'encrypt');
  const plaintext = utf8Bytes('still mine');
  accepted(await hsm.encrypt({ ...ciphers, token, plaintext }));
  accepted(await hsm.generateDataKey({ token, context: {}, length: 32, withPlaintext: false }));
  const perCallKeys = importKey.mock.calls.map(([, bytes]) => bytes as unknown as Uint8Array);
  const framed = encrypt.mock.calls.map(([, , bytes]) => bytes as Uint8Array);
  for (const bytes of [...perCallKeys, ...framed]) expect(bytes).toEqual(new Uint8Array(bytes.length));
  expect(perCallKeys.length + framed.length).toBe(4);
  expect(plaintext).toEqual(utf8Bytes('still mine'));
});
