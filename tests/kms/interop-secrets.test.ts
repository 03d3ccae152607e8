import type { DataKeyPairSpec, EncryptionAlgorithmSpec, KeySpec } from '@aws-sdk/client-kms';
import { ml_kem1024, ml_kem512, ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import {
  constants,
  createECDH,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
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

/** Encryption, MACs, agreed and encapsulated secrets and data key pairs, held against others' implementations. */

const Plaintext = new TextEncoder().encode('What others encrypt, KMS decrypts.');
const Message = Plaintext;

const oaep = (algorithm: EncryptionAlgorithmSpec) => ({
  padding: constants.RSA_PKCS1_OAEP_PADDING,
  oaepHash: algorithm === 'RSAES_OAEP_SHA_1' ? 'sha1' : 'sha256',
});

describe.each(['RSA_2048', 'RSA_3072', 'RSA_4096'] as const)('%s and Node', (spec) => {
  const algorithms = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const;

  test('Node encrypts, KMS decrypts', async () => {
    const client = kms(await openTestCloud(pooledRsa));
    const { KeyId, spki } = await madeKey(client, spec, 'ENCRYPT_DECRYPT');
    for (const EncryptionAlgorithm of algorithms) {
      const CiphertextBlob = publicEncrypt(
        { key: publicKeyFrom(spki), ...oaep(EncryptionAlgorithm) },
        Plaintext,
      );
      const opened = await client.decrypt({ KeyId, CiphertextBlob, EncryptionAlgorithm });
      sameBytes(opened.Plaintext, Plaintext);
    }
  });

  test('KMS encrypts, Node decrypts with the private key that KMS imported', async () => {
    const client = kms(await openTestCloud(pooledRsa));
    const { privateKey } = rsaPair(spec);
    const material = privateKey.export({ type: 'pkcs8', format: 'der' });
    const KeyId = await importedKey(client, spec, 'ENCRYPT_DECRYPT', material);
    for (const EncryptionAlgorithm of algorithms) {
      const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext, EncryptionAlgorithm });
      sameBytes(
        privateDecrypt({ key: privateKey, ...oaep(EncryptionAlgorithm) }, CiphertextBlob!),
        Plaintext,
      );
    }
  });
});

describe.skipIf(!hasOpenssl)('SM2PKE and the openssl command', () => {
  const keyOptions = ['-keyform', 'DER', '-inkey', 'key.der', '-in', 'message', '-pkeyopt', 'digest:sm3'];

  test('OpenSSL encrypts, KMS decrypts', async () => {
    const client = kms(await openTestCloud(), 'Ada', { region: china });
    const { KeyId, spki } = await madeKey(client, 'SM2', 'ENCRYPT_DECRYPT');
    const files = { 'key.der': spki, message: Plaintext };
    const CiphertextBlob = openssl(['pkeyutl', '-encrypt', '-pubin', ...keyOptions], files);
    const opened = await client.decrypt({ KeyId, CiphertextBlob, EncryptionAlgorithm: 'SM2PKE' });
    sameBytes(opened.Plaintext, Plaintext);
  });

  test('KMS encrypts, OpenSSL decrypts with the private key that KMS imported', async () => {
    const client = kms(await openTestCloud(), 'Ada', { region: china });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    const material = privateKey.export({ type: 'pkcs8', format: 'der' });
    const KeyId = await importedKey(client, 'SM2', 'ENCRYPT_DECRYPT', material);
    const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext, EncryptionAlgorithm: 'SM2PKE' });
    const files = { 'key.der': material, message: CiphertextBlob! };
    sameBytes(openssl(['pkeyutl', '-decrypt', ...keyOptions], files), Plaintext);
  });
});

test.each([
  ['HMAC_224', 'HMAC_SHA_224', 28],
  ['HMAC_256', 'HMAC_SHA_256', 32],
  ['HMAC_384', 'HMAC_SHA_384', 48],
  ['HMAC_512', 'HMAC_SHA_512', 64],
] as const)('%s: KMS and Node compute the same MAC with the same key', async (spec, MacAlgorithm, length) => {
  const client = kms(await openTestCloud(pooledRsa));
  const secret = randomBytes(length);
  const KeyId = await importedKey(client, spec, 'GENERATE_VERIFY_MAC', secret);
  const Mac = createHmac(`sha${MacAlgorithm.slice(-3)}`, secret)
    .update(Message)
    .digest();
  sameBytes((await client.generateMac({ KeyId, Message, MacAlgorithm })).Mac, Mac);
  expect((await client.verifyMac({ KeyId, Message, Mac, MacAlgorithm })).MacValid).toBe(true);
});

test.each([
  ['ECC_NIST_P256', 'P-256', 32],
  ['ECC_NIST_P384', 'P-384', 48],
  ['ECC_NIST_P521', 'P-521', 66],
] as const)('%s: KMS and Node agree on one secret', async (spec, namedCurve, length) => {
  const client = kms(await openTestCloud());
  const { KeyId, spki } = await madeKey(client, spec, 'KEY_AGREEMENT');
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const { SharedSecret } = await client.deriveSharedSecret({
    KeyId,
    KeyAgreementAlgorithm: 'ECDH',
    PublicKey: publicKey.export({ type: 'spki', format: 'der' }),
  });
  expect(SharedSecret).toHaveLength(length);
  sameBytes(SharedSecret, diffieHellman({ privateKey, publicKey: publicKeyFrom(spki) }));
});

test('SM2: KMS and Node agree on one secret', async () => {
  const client = kms(await openTestCloud(), 'Ada', { region: china });
  const { KeyId, spki } = await madeKey(client, 'SM2', 'KEY_AGREEMENT');
  const peer = createECDH('SM2');
  peer.generateKeys();
  const pointLength = 65;
  const { SharedSecret } = await client.deriveSharedSecret({
    KeyId,
    KeyAgreementAlgorithm: 'ECDH',
    // All that differs between two SubjectPublicKeyInfo of one curve is the point at their ends.
    PublicKey: Buffer.concat([spki.subarray(0, -pointLength), peer.getPublicKey()]),
  });
  sameBytes(SharedSecret, peer.computeSecret(barePublicKey(spki, pointLength)));
});

const mlKems = [
  ['ML_KEM_512', ml_kem512, 800],
  ['ML_KEM_768', ml_kem768, 1184],
  ['ML_KEM_1024', ml_kem1024, 1568],
] as const;

test.each(mlKems)('%s: noble encapsulates, KMS decapsulates', async (spec, noble, publicKeyLength) => {
  const client = kms(await openTestCloud());
  const { KeyId, spki } = await madeKey(client, spec, 'ENCAPSULATE_DECAPSULATE');
  const { cipherText, sharedSecret } = noble.encapsulate(barePublicKey(spki, publicKeyLength));
  const opened = await client.decapsulate({
    KeyId,
    EncapsulationAlgorithm: 'ML_KEM',
    SharedSecretCiphertextBlob: cipherText,
  });
  sameBytes(opened.SharedSecret, sharedSecret);
});

/** The private key of a data key pair as PKCS #8, and its public key, both as KMS gives them. */
async function pairOf(KeyPairSpec: DataKeyPairSpec, region?: string) {
  const cloud = await openTestCloud(KeyPairSpec.startsWith('RSA') ? pooledRsa : {});
  const client = kms(cloud, 'Ada', region === undefined ? {} : { region });
  const { KeyMetadata } = await client.createKey({});
  const pair = await client.generateDataKeyPair({ KeyId: KeyMetadata!.KeyId, KeyPairSpec });
  const opened = await client.decrypt({ CiphertextBlob: pair.PrivateKeyCiphertextBlob });
  sameBytes(opened.Plaintext, pair.PrivateKeyPlaintext!);
  return { pkcs8: Buffer.from(pair.PrivateKeyPlaintext!), spki: Buffer.from(pair.PublicKey!) };
}

test.each<[DataKeyPairSpec & KeySpec, string?]>([
  ['RSA_2048'],
  ['RSA_3072'],
  ['RSA_4096'],
  ['ECC_NIST_P256'],
  ['ECC_NIST_P384'],
  ['ECC_NIST_P521'],
  ['ECC_SECG_P256K1'],
  ['ECC_NIST_EDWARDS25519'],
  ['SM2', china],
])('data key pair %s: Node reads the private key, and it is that of the public one', async (spec, region) => {
  const { pkcs8, spki } = await pairOf(spec, region);
  const publicKey = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
  sameBytes(publicKey.export({ format: 'der', type: 'spki' }), spki);
});

test.each(mlKems)('data key pair %s: noble decapsulates with the seed', async (spec, noble, length) => {
  const { pkcs8, spki } = await pairOf(spec);
  // The seed form of RFC 9935: [0] with 64 bytes, at the end.
  sameBytes(pkcs8.subarray(-66, -64), Buffer.from('8040', 'hex'));
  const { publicKey, secretKey } = noble.keygen(new Uint8Array(pkcs8.subarray(-64)));
  sameBytes(publicKey, barePublicKey(spki, length));
  const { cipherText, sharedSecret } = noble.encapsulate(barePublicKey(spki, length));
  sameBytes(noble.decapsulate(cipherText, secretKey), sharedSecret);
});
