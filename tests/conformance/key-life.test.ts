import {
  KMSInvalidSignatureException,
  type CreateKeyCommandInput,
  type EncryptionAlgorithmSpec,
  type KMS,
  type KeySpec,
  type SigningAlgorithmSpec,
} from '@aws-sdk/client-kms';
import { constants, createPublicKey, publicEncrypt, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array | undefined) => new TextDecoder().decode(data);

/** Names of the members that a reply carries, without what the SDK itself adds. */
const members = (reply: object) =>
  Object.keys(reply)
    .filter((name) => name !== '$metadata')
    .sort();

async function createKey(client: KMS, input: CreateKeyCommandInput = {}): Promise<string> {
  const { KeyMetadata } = await client.createKey(input);
  return KeyMetadata?.Arn ?? '';
}

describe('a symmetric key, by the unmodified SDK', () => {
  test('is created with the metadata that AWS gives', async () => {
    const client = kms(await openTestCloud());
    const before = Date.now();
    const { KeyMetadata } = await client.createKey({ Description: 'for files' });
    const keyId = KeyMetadata?.KeyId ?? '';
    expect(KeyMetadata).toEqual({
      AWSAccountId: '111122223333',
      KeyId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      Arn: `arn:aws:kms:us-east-1:111122223333:key/${keyId}`,
      CreationDate: expect.any(Date),
      Enabled: true,
      Description: 'for files',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
      CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(KeyMetadata?.CreationDate?.getTime()).toBeGreaterThan(before - 1000);
    const described = await client.describeKey({ KeyId: keyId });
    expect(described.KeyMetadata).toEqual(KeyMetadata);
  });

  test('encrypts and decrypts, by id, ARN, alias and alias ARN', async () => {
    const client = kms(await openTestCloud());
    const arn = await createKey(client);
    await client.createAlias({ AliasName: 'alias/files', TargetKeyId: arn });
    const names = [
      arn.slice(arn.indexOf('/') + 1),
      arn,
      'alias/files',
      'arn:aws:kms:us-east-1:111122223333:alias/files',
    ];
    for (const KeyId of names) {
      const sealed = await client.encrypt({ KeyId, Plaintext: bytes('a secret') });
      expect(members(sealed)).toEqual(['CiphertextBlob', 'EncryptionAlgorithm', 'KeyId']);
      expect(sealed).toMatchObject({ KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
      expect(Buffer.from(sealed.CiphertextBlob ?? []).toString('base64')).toMatch(/^AQICAH/);
      const opened = await client.decrypt({ KeyId, CiphertextBlob: sealed.CiphertextBlob });
      expect(text(opened.Plaintext)).toBe('a secret');
    }
  });

  test('is found again by its ciphertext alone', async () => {
    const client = kms(await openTestCloud());
    const { KeyMetadata } = await client.createKey({});
    const { CiphertextBlob } = await client.encrypt({
      KeyId: KeyMetadata?.KeyId,
      Plaintext: bytes('a secret'),
      EncryptionContext: { purpose: 'test', 'naïve key': '値' },
    });
    const opened = await client.decrypt({
      CiphertextBlob,
      EncryptionContext: { 'naïve key': '値', purpose: 'test' },
    });
    expect(members(opened)).toEqual(['EncryptionAlgorithm', 'KeyId', 'KeyMaterialId', 'Plaintext']);
    expect(text(opened.Plaintext)).toBe('a secret');
    expect(opened.KeyId).toBe(KeyMetadata?.Arn);
    expect(opened.KeyMaterialId).toBe(KeyMetadata?.CurrentKeyMaterialId);
  });

  test('gives data keys in two forms', async () => {
    const client = kms(await openTestCloud());
    const KeyId = await createKey(client);
    const EncryptionContext = { file: 'a.png' };
    const both = await client.generateDataKey({ KeyId, KeySpec: 'AES_256', EncryptionContext });
    expect(members(both)).toEqual(['CiphertextBlob', 'KeyId', 'KeyMaterialId', 'Plaintext']);
    expect(both.Plaintext).toHaveLength(32);
    const opened = await client.decrypt({ CiphertextBlob: both.CiphertextBlob, EncryptionContext });
    expect(opened.Plaintext).toEqual(both.Plaintext);

    const sealed = await client.generateDataKeyWithoutPlaintext({ KeyId, NumberOfBytes: 17 });
    expect(members(sealed)).toEqual(['CiphertextBlob', 'KeyId', 'KeyMaterialId']);
    expect((await client.decrypt({ CiphertextBlob: sealed.CiphertextBlob })).Plaintext).toHaveLength(17);
    expect((await client.generateDataKey({ KeyId, KeySpec: 'AES_128' })).Plaintext).toHaveLength(16);
  });

  test('hands over to another key without showing the plaintext', async () => {
    const client = kms(await openTestCloud());
    const [source, destination] = [await createKey(client), await createKey(client)];
    const first = await client.encrypt({
      KeyId: source,
      Plaintext: bytes('moving'),
      EncryptionContext: { owner: 'old' },
    });
    const moved = await client.reEncrypt({
      CiphertextBlob: first.CiphertextBlob,
      SourceEncryptionContext: { owner: 'old' },
      DestinationKeyId: destination,
      DestinationEncryptionContext: { owner: 'new' },
    });
    expect(members(moved)).toEqual([
      'CiphertextBlob',
      'DestinationEncryptionAlgorithm',
      'DestinationKeyMaterialId',
      'KeyId',
      'SourceEncryptionAlgorithm',
      'SourceKeyId',
      'SourceKeyMaterialId',
    ]);
    expect(moved).toMatchObject({ SourceKeyId: source, KeyId: destination });
    const opened = await client.decrypt({
      KeyId: destination,
      CiphertextBlob: moved.CiphertextBlob,
      EncryptionContext: { owner: 'new' },
    });
    expect(text(opened.Plaintext)).toBe('moving');
  });

  test('stops when disabled and works again when enabled', async () => {
    const client = kms(await openTestCloud());
    const KeyId = await createKey(client);
    expect(members(await client.disableKey({ KeyId }))).toEqual([]);
    const off = await client.describeKey({ KeyId });
    expect(off.KeyMetadata).toMatchObject({ Enabled: false, KeyState: 'Disabled' });
    await expect(client.encrypt({ KeyId, Plaintext: bytes('x') })).rejects.toThrow('is disabled.');
    expect(members(await client.enableKey({ KeyId }))).toEqual([]);
    await expect(client.encrypt({ KeyId, Plaintext: bytes('x') })).resolves.toHaveProperty('KeyId', KeyId);
  });
});

describe('aliases, by the unmodified SDK', () => {
  test('are created, listed, moved and deleted', async () => {
    const client = kms(await openTestCloud());
    const [one, other] = [await createKey(client), await createKey(client)];
    expect(members(await client.createAlias({ AliasName: 'alias/a', TargetKeyId: one }))).toEqual([]);
    const { Aliases: before } = await client.listAliases({ KeyId: one });
    expect(before).toEqual([
      {
        AliasName: 'alias/a',
        AliasArn: 'arn:aws:kms:us-east-1:111122223333:alias/a',
        TargetKeyId: one.slice(one.indexOf('/') + 1),
        CreationDate: expect.any(Date),
        LastUpdatedDate: expect.any(Date),
      },
    ]);
    expect(members(await client.updateAlias({ AliasName: 'alias/a', TargetKeyId: other }))).toEqual([]);
    expect((await client.listAliases({ KeyId: one })).Aliases).toEqual([]);
    expect((await client.describeKey({ KeyId: 'alias/a' })).KeyMetadata?.Arn).toBe(other);
    expect(members(await client.deleteAlias({ AliasName: 'alias/a' }))).toEqual([]);
    expect((await client.listAliases({ KeyId: other })).Aliases).toEqual([]);
  });
});

describe('random bytes, by the unmodified SDK', () => {
  test('come in the length that was asked for, and differ', async () => {
    const client = kms(await openTestCloud());
    const one = await client.generateRandom({ NumberOfBytes: 1024 });
    const other = await client.generateRandom({ NumberOfBytes: 1024 });
    expect(members(one)).toEqual(['Plaintext']);
    expect(one.Plaintext).toHaveLength(1024);
    expect(one.Plaintext).not.toEqual(other.Plaintext);
  });
});

const rsaSizes: [KeySpec, number][] = [
  ['RSA_2048', 256],
  ['RSA_3072', 384],
  ['RSA_4096', 512],
];

const signingAlgorithms: SigningAlgorithmSpec[] = [
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
];

describe.for(rsaSizes)('an %s key, by the unmodified SDK', ([KeySpec, length]) => {
  test('signs so that OpenSSL agrees, and verifies', async () => {
    const client = kms(await openTestCloud());
    const KeyId = await createKey(client, { KeySpec, KeyUsage: 'SIGN_VERIFY' });
    const exported = await client.getPublicKey({ KeyId });
    expect(members(exported)).toEqual([
      'CustomerMasterKeySpec',
      'KeyId',
      'KeySpec',
      'KeyUsage',
      'PublicKey',
      'SigningAlgorithms',
    ]);
    expect([...(exported.SigningAlgorithms ?? [])].sort()).toEqual([...signingAlgorithms].sort());
    const Message = bytes('I owe you nothing.');
    for (const SigningAlgorithm of signingAlgorithms) {
      const signed = await client.sign({ KeyId, Message, SigningAlgorithm });
      expect(members(signed)).toEqual(['KeyId', 'Signature', 'SigningAlgorithm']);
      const Signature = signed.Signature ?? new Uint8Array();
      expect(Signature).toHaveLength(length);
      expect(opensslVerifies(SigningAlgorithm, exported.PublicKey, Message, Signature)).toBe(true);
      const verified = await client.verify({ KeyId, Message, Signature, SigningAlgorithm });
      expect(members(verified)).toEqual(['KeyId', 'SignatureValid', 'SigningAlgorithm']);
      expect(verified.SignatureValid).toBe(true);
      const altered = Uint8Array.from(Signature, (byte, index) => (index === 9 ? byte ^ 1 : byte));
      await expect(
        client.verify({ KeyId, Message, Signature: altered, SigningAlgorithm }),
      ).rejects.toBeInstanceOf(KMSInvalidSignatureException);
    }
  });

  test('decrypts what OpenSSL encrypted with its public key', async () => {
    const client = kms(await openTestCloud());
    const KeyId = await createKey(client, { KeySpec, KeyUsage: 'ENCRYPT_DECRYPT' });
    const { PublicKey, EncryptionAlgorithms } = await client.getPublicKey({ KeyId });
    expect(EncryptionAlgorithms).toEqual(['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256']);
    for (const [EncryptionAlgorithm, oaepHash] of [
      ['RSAES_OAEP_SHA_1', 'sha1'],
      ['RSAES_OAEP_SHA_256', 'sha256'],
    ] as [EncryptionAlgorithmSpec, string][]) {
      const outside = publicEncrypt(
        { key: spki(PublicKey), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash },
        bytes('from outside'),
      );
      const opened = await client.decrypt({ KeyId, EncryptionAlgorithm, CiphertextBlob: outside });
      expect(members(opened)).toEqual(['EncryptionAlgorithm', 'KeyId', 'Plaintext']);
      expect(text(opened.Plaintext)).toBe('from outside');
      const inside = await client.encrypt({ KeyId, EncryptionAlgorithm, Plaintext: bytes('inside') });
      expect(inside.CiphertextBlob).toHaveLength(length);
    }
  });
});

function spki(der: Uint8Array | undefined) {
  return createPublicKey({ key: Buffer.from(der ?? []), format: 'der', type: 'spki' });
}

function opensslVerifies(
  algorithm: SigningAlgorithmSpec,
  publicKey: Uint8Array | undefined,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const pss = algorithm.startsWith('RSASSA_PSS');
  return verify(
    `sha${algorithm.slice(-3)}`,
    message,
    {
      key: spki(publicKey),
      padding: pss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING,
      ...(pss && { saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
    },
    signature,
  );
}
