import type { KeySpec, SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { ed25519ph } from '@noble/curves/ed25519.js';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import {
  constants,
  createHash,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
  type SignKeyObjectInput,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud, pooledRsa } from '../support/cloud.ts';
import {
  barePublicKey,
  china,
  hasOpenssl,
  importedKey,
  madeKey,
  openssl,
  publicKeyFrom,
  rsaPair,
  sameBytes,
} from './interop-support.ts';

/** Signatures of KMS under Node's (OpenSSL's), noble's and the openssl command's verification, and the other way. */

const Message = new TextEncoder().encode('What KMS signs, others verify.');

/** How Node does what AWS's algorithm says. */
function nodeScheme(algorithm: SigningAlgorithmSpec): {
  hash: string | null;
  options: Omit<SignKeyObjectInput, 'key'>;
} {
  if (algorithm === 'ED25519_SHA_512') return { hash: null, options: {} };
  const hash = `sha${algorithm.slice(-3)}`;
  if (algorithm.startsWith('RSASSA_PSS')) {
    const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
    return { hash, options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } };
  }
  if (algorithm.startsWith('RSASSA_PKCS1'))
    return { hash, options: { padding: constants.RSA_PKCS1_PADDING } };
  return { hash, options: { dsaEncoding: 'der' } };
}

const rsaAlgorithms: SigningAlgorithmSpec[] = [
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
];

const ecPair = (namedCurve: string) => () => generateKeyPairSync('ec', { namedCurve });

const nodeKinds: [KeySpec, SigningAlgorithmSpec[], () => { privateKey: KeyObject }][] = [
  ['RSA_2048', rsaAlgorithms, () => rsaPair('RSA_2048')],
  ['RSA_3072', rsaAlgorithms, () => rsaPair('RSA_3072')],
  ['RSA_4096', rsaAlgorithms, () => rsaPair('RSA_4096')],
  ['ECC_NIST_P256', ['ECDSA_SHA_256'], ecPair('P-256')],
  ['ECC_NIST_P384', ['ECDSA_SHA_384'], ecPair('P-384')],
  ['ECC_NIST_P521', ['ECDSA_SHA_512'], ecPair('P-521')],
  ['ECC_SECG_P256K1', ['ECDSA_SHA_256'], ecPair('secp256k1')],
  ['ECC_NIST_EDWARDS25519', ['ED25519_SHA_512'], () => generateKeyPairSync('ed25519')],
];

describe.each(nodeKinds)('%s and Node', (spec, algorithms, newPair) => {
  test('KMS signs, Node verifies', async () => {
    const client = kms(await openTestCloud(spec.startsWith('RSA') ? pooledRsa : {}));
    const { KeyId, spki } = await madeKey(client, spec, 'SIGN_VERIFY');
    for (const SigningAlgorithm of algorithms) {
      const { hash, options } = nodeScheme(SigningAlgorithm);
      const { Signature } = await client.sign({ KeyId, Message, SigningAlgorithm });
      expect(verify(hash, Message, { key: publicKeyFrom(spki), ...options }, Signature!)).toBe(true);
      if (!hash) continue;
      const digest = createHash(hash).update(Message).digest();
      const signed = await client.sign({ KeyId, Message: digest, MessageType: 'DIGEST', SigningAlgorithm });
      expect(verify(hash, Message, { key: publicKeyFrom(spki), ...options }, signed.Signature!)).toBe(true);
    }
  });

  test('Node signs with a private key that KMS imports, KMS verifies', async () => {
    const client = kms(await openTestCloud(spec.startsWith('RSA') ? pooledRsa : {}));
    const { privateKey } = newPair();
    const material = privateKey.export({ type: 'pkcs8', format: 'der' });
    const KeyId = await importedKey(client, spec, 'SIGN_VERIFY', material);
    for (const SigningAlgorithm of algorithms) {
      const { hash, options } = nodeScheme(SigningAlgorithm);
      const Signature = sign(hash, Message, { key: privateKey, ...options });
      const { SignatureValid } = await client.verify({ KeyId, Message, Signature, SigningAlgorithm });
      expect(SignatureValid).toBe(true);
    }
  });
});

test('ED25519_PH_SHA_512 is Ed25519ph of the digest, to noble', async () => {
  const client = kms(await openTestCloud());
  const { KeyId, spki } = await madeKey(client, 'ECC_NIST_EDWARDS25519', 'SIGN_VERIFY');
  const digest = new Uint8Array(createHash('sha512').update(Message).digest());
  const { Signature } = await client.sign({
    KeyId,
    Message: digest,
    MessageType: 'DIGEST',
    SigningAlgorithm: 'ED25519_PH_SHA_512',
  });
  expect(ed25519ph.verify(new Uint8Array(Signature!), digest, barePublicKey(spki, 32))).toBe(true);

  const secret = new Uint8Array(32).fill(11);
  // PKCS #8 of RFC 8410, §7: the 32 bytes stand at the end.
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const imported = await importedKey(client, 'ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', pkcs8);
  const verified = await client.verify({
    KeyId: imported,
    Message: digest,
    MessageType: 'DIGEST',
    Signature: ed25519ph.sign(digest, secret),
    SigningAlgorithm: 'ED25519_PH_SHA_512',
  });
  expect(verified.SignatureValid).toBe(true);
});

describe.each([
  ['ML_DSA_44', ml_dsa44, 1312, 2420],
  ['ML_DSA_65', ml_dsa65, 1952, 3309],
  ['ML_DSA_87', ml_dsa87, 2592, 4627],
] as const)('%s', (spec, noble, publicKeyLength, signatureLength) => {
  test('noble verifies what KMS signs, over a message and over its μ', async () => {
    const client = kms(await openTestCloud());
    const { KeyId, spki } = await madeKey(client, spec, 'SIGN_VERIFY');
    const publicKey = barePublicKey(spki, publicKeyLength);
    const SigningAlgorithm = 'ML_DSA_SHAKE_256';
    const raw = await client.sign({ KeyId, Message, SigningAlgorithm });
    expect(raw.Signature).toHaveLength(signatureLength);
    expect(noble.verify(new Uint8Array(raw.Signature!), Message, publicKey)).toBe(true);

    // FIPS 204, Algorithm 7, line 6: μ = H(H(pk, 64) ‖ M′, 64), M′ = 0 ‖ 0 ‖ M for an empty context.
    const shake = (...parts: Uint8Array[]) =>
      createHash('shake256', { outputLength: 64 }).update(Buffer.concat(parts)).digest();
    const mu = shake(shake(publicKey), Buffer.from([0, 0]), Message);
    const external = await client.sign({ KeyId, Message: mu, MessageType: 'EXTERNAL_MU', SigningAlgorithm });
    expect(noble.verify(new Uint8Array(external.Signature!), Message, publicKey)).toBe(true);
    const { Signature } = external;
    expect((await client.verify({ KeyId, Message, Signature, SigningAlgorithm })).SignatureValid).toBe(true);
    const byMu = { KeyId, Message: mu, MessageType: 'EXTERNAL_MU', SigningAlgorithm } as const;
    expect((await client.verify({ ...byMu, Signature: raw.Signature })).SignatureValid).toBe(true);
  });
});

describe.skipIf(!hasOpenssl)('SM2DSA and the openssl command', () => {
  const id = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];

  test('KMS signs, OpenSSL verifies', async () => {
    const client = kms(await openTestCloud(), 'Ada', { region: china });
    const { KeyId, spki } = await madeKey(client, 'SM2', 'SIGN_VERIFY');
    const { Signature } = await client.sign({ KeyId, Message, SigningAlgorithm: 'SM2DSA' });
    const files = { 'key.der': spki, message: Message, signature: Signature! };
    const options = [
      '-pubin',
      '-keyform',
      'DER',
      '-inkey',
      'key.der',
      '-in',
      'message',
      '-sigfile',
      'signature',
    ];
    const verdict = openssl(['pkeyutl', '-verify', ...options, ...id], files);
    expect(verdict.toString()).toContain('Signature Verified Successfully');
  });

  test('KMS signs a digest, OpenSSL verifies', async () => {
    const client = kms(await openTestCloud(), 'Ada', { region: china });
    const { KeyId, spki } = await madeKey(client, 'SM2', 'SIGN_VERIFY');
    const digest = createHash('sm3').update(Message).digest();
    const { Signature } = await client.sign({
      KeyId,
      Message: digest,
      MessageType: 'DIGEST',
      SigningAlgorithm: 'SM2DSA',
    });
    const files = { 'key.der': spki, digest, signature: Signature! };
    const options = ['-keyform', 'DER', '-inkey', 'key.der', '-in', 'digest', '-sigfile', 'signature'];
    const verdict = openssl(['pkeyutl', '-verify', '-pubin', ...options], files);
    expect(verdict.toString()).toContain('Signature Verified Successfully');
  });

  test('OpenSSL signs with a private key that KMS imports, KMS verifies', async () => {
    const client = kms(await openTestCloud(), 'Ada', { region: china });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    const material = privateKey.export({ type: 'pkcs8', format: 'der' });
    const KeyId = await importedKey(client, 'SM2', 'SIGN_VERIFY', material);
    const Signature = openssl(
      ['pkeyutl', '-sign', '-keyform', 'DER', '-inkey', 'key.der', '-in', 'message', ...id],
      { 'key.der': material, message: Message },
    );
    const { SignatureValid } = await client.verify({ KeyId, Message, Signature, SigningAlgorithm: 'SM2DSA' });
    expect(SignatureValid).toBe(true);
    sameBytes(Signature.subarray(0, 1), Buffer.from('30', 'hex'));
  });
});
