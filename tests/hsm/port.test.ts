import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Hsm } from '../../src/engine/hsm/hsm.ts';
import { connectHsm, serveHsm } from '../../src/engine/hsm/port.ts';
import {
  accepted,
  ciphers,
  keyArn,
  newRsaKey,
  newToken,
  openTestHsm,
  otherRegionKeyArn,
  refusal,
  startTime,
} from './support.ts';

let channel: MessageChannel;
let inside: Hsm;
let hsm: Hsm;

beforeEach(async () => {
  channel = new MessageChannel();
  inside = await openTestHsm();
  serveHsm(inside, channel.port1);
  hsm = connectHsm(channel.port2);
});

afterEach(() => {
  channel.port1.close();
  channel.port2.close();
});

test('every command works through a message port', async () => {
  const token = await newToken(hsm);
  const context = JSON.parse('{"__proto__":"a","dept":"IT"}') as Record<string, string>;
  const plaintext = new Uint8Array(4096).fill(9);
  const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, context, plaintext }));
  expect(plaintext.every((byte) => byte === 9)).toBe(true);
  const opened = accepted(await hsm.decrypt({ ...ciphers, token, context, ciphertext }));
  expect(opened.plaintext).toEqual(plaintext);

  const dataKey = accepted(
    await hsm.generateDataKey({ token, context: {}, length: 32, withPlaintext: true }),
  );
  const destination = { ...ciphers, token };
  const source = { ...destination, ciphertext: dataKey.ciphertext };
  const moved = accepted(await hsm.reEncrypt({ source, destination }));
  const movedKey = accepted(await hsm.decrypt({ ...destination, ciphertext: moved.ciphertext }));
  expect(movedKey.plaintext).toEqual(dataKey.plaintext);
  expect(accepted(await hsm.generateRandom({ length: 5 })).bytes?.length).toBe(5);

  const rsa = await newRsaKey(hsm);
  const signing = { algorithm: 'RSASSA_PSS_SHA_256', message: plaintext, messageType: 'RAW' } as const;
  const { signature } = accepted(await hsm.sign({ token: rsa.token, ...signing }));
  accepted(await hsm.verify({ publicKey: rsa.publicKey, signature, ...signing }));

  const pair = { token, context: {}, pairSpec: 'ECC_NIST_P256', withPlaintext: false } as const;
  accepted(await hsm.generateDataKeyPair(pair));
  const mac = {
    token: await newToken(hsm, 'HMAC_256'),
    algorithm: 'HMAC_SHA_256',
    message: plaintext,
  } as const;
  accepted(await hsm.verifyMac({ ...mac, ...accepted(await hsm.generateMac(mac)) }));
  const curveKey = { keyArn, spec: 'ECC_NIST_P256' } as const;
  const [one, other] = [
    accepted(await hsm.generateBackingKey(curveKey)),
    accepted(await hsm.generateBackingKey(curveKey)),
  ];
  const shared = [
    accepted(await hsm.deriveSharedSecret({ token: one.token, publicKey: other.publicKey! })),
    accepted(await hsm.deriveSharedSecret({ token: other.token, publicKey: one.publicKey! })),
  ];
  expect(shared[0]!.sharedSecret).toEqual(shared[1]!.sharedSecret);
  const kem = accepted(await hsm.generateBackingKey({ keyArn, spec: 'ML_KEM_512' }));
  const sent = accepted(await hsm.encapsulate({ token: kem.token, publicKey: kem.publicKey! }));
  const received = accepted(await hsm.decapsulate({ token: kem.token, ciphertext: sent.ciphertext }));
  expect(received.sharedSecret).toEqual(sent.sharedSecret);

  const wrapping = { wrappingKeySpec: 'RSA_2048', wrappingAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
  const { importToken } = accepted(await hsm.beginImport({ ...wrapping, keyArn, validTo: startTime }));
  const importing = { keyArn, spec: 'SYMMETRIC_DEFAULT', importToken, now: startTime } as const;
  const imported = await hsm.importMaterial({ ...importing, encryptedMaterial: new Uint8Array(256) });
  expect(refusal(imported)).toBe('CIPHERTEXT_REJECTED');
  accepted(await hsm.replicate({ token, replicaArn: otherRegionKeyArn }));

  const now = startTime;
  const enclave = { kind: 'enclave', pcrs: { 0: 'ab'.repeat(48) }, publicKey: rsa.publicKey, now } as const;
  const { document } = await hsm.attest(enclave);
  accepted(await hsm.readAttestation({ document, now }));

  expect(await hsm.view()).toEqual(await inside.view());
  await hsm.zeroise({ seed: 'seed' });
  expect((await hsm.view()).seed).toBe('seed');
  expect(refusal(await hsm.decrypt({ ...ciphers, token, context, ciphertext }))).toBe('TOKEN_REJECTED');
});

test('what crosses is the data alone: a small view does not drag its buffer along', async () => {
  const token = await newToken(hsm);
  const large = new Uint8Array(1 << 16).fill(7);
  const plaintext = large.subarray(100, 108);
  const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext }));
  const opened = accepted(await hsm.decrypt({ ...ciphers, token, ciphertext }));
  expect(opened.plaintext).toEqual(plaintext);
  expect(opened.plaintext?.buffer.byteLength).toBe(8);
});

test('errors cross as errors, with their message', async () => {
  const token = await newToken(hsm);
  const command = { ...ciphers, token, plaintext: new Uint8Array(0) };
  const rejection = await hsm.encrypt(command).catch((error: unknown) => error);
  expect(rejection).toBeInstanceOf(RangeError);
  expect(rejection).toMatchObject({ message: 'A symmetric key encrypts 1 to 4096 bytes, not 0.' });
});

test('steps cross when asked for', async () => {
  const token = await newToken(hsm);
  const plaintext = Buffer.from('x');
  const { steps } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext, watched: true }));
  expect(steps.map(({ station }) => station)).toEqual(['hsm', 'hsm', 'hsm', 'hsm']);
});

test('replies find their commands, in whatever order they come', async () => {
  const lengths = Array.from({ length: 50 }, (_, index) => index + 1);
  const token = await newToken(hsm);
  const results = await Promise.all(
    lengths.map((length) =>
      length % 3 === 0
        ? hsm.generateDataKey({ token, context: {}, length, withPlaintext: true })
        : hsm.generateRandom({ length }),
    ),
  );
  const drawn = results.map((result) => {
    const { bytes, plaintext } = accepted<{ bytes?: Uint8Array; plaintext?: Uint8Array }>(result);
    return (bytes ?? plaintext)?.length;
  });
  expect(drawn).toEqual(lengths);
});

test('nothing but the commands can be reached', async () => {
  const { commands } = await hsm.view();
  const answers: unknown[] = [];
  channel.port2.addEventListener('message', ({ data }) => answers.push(data));
  for (const name of ['constructor', 'toString', '__proto__', 'encrypt.constructor', 'hasOwnProperty', 7]) {
    channel.port2.postMessage({ id: 1000, name, command: 'return 1' });
  }
  for (const odd of [null, 'encrypt', { name: 'view' }, { id: 'x', name: 'view' }, []]) {
    channel.port2.postMessage(odd);
  }
  expect(await hsm.view()).toMatchObject({ commands });
  expect(answers).toMatchObject([{ result: { commands } }]);
});

test('commands reject when the module goes away', async () => {
  const silent = new MessageChannel();
  const orphan = connectHsm(silent.port2);
  const underWay = orphan.view();
  silent.port1.close();
  await expect(underWay).rejects.toThrow('The cryptographic module has gone');
  await expect(orphan.view()).rejects.toThrow('The cryptographic module has gone');
});
