import { createHmac, createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import type { CreateKeyRequest, KMS } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { kms } from '../support/clients.ts';
import { hybrid, importInto, oaep, wrap } from './importing.ts';
import { day, events, idOf, second, start, stillWorld } from './life.ts';
import { newKey, refusal } from './support.ts';

/** Imported key material: KMS Developer Guide, "Importing key material for AWS KMS keys". */

const Plaintext = new Uint8Array([1, 2, 3]);
const doesNotExpire = { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' } as const;

async function metadata(client: KMS, KeyId: string) {
  return (await client.describeKey({ KeyId })).KeyMetadata!;
}

async function materials(client: KMS, KeyId: string) {
  return (await client.listKeyRotations({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })).Rotations!;
}

/** A symmetric key with the material that is given, or without any. */
async function world(material?: Uint8Array) {
  const all = await stillWorld();
  const KeyId = await newKey(all.ada, { Origin: 'EXTERNAL' });
  const id = material && (await importInto(all.ada, KeyId, material)).KeyMaterialId;
  return { ...all, KeyId, id: id ?? '' };
}

test('of material that is deleted the modules keep no handle', async () => {
  const { cloud, ada, KeyId } = await world(new Uint8Array(32));
  const handles = async () =>
    (await cloud.view()).hsm.domains.flatMap(({ members }) => members.map((member) => member.handles));
  for (let module = 0; module < 3; module++) await ada.encrypt({ KeyId, Plaintext });
  expect(await handles()).toEqual([1, 1, 1, 0]);
  await ada.deleteImportedKeyMaterial({ KeyId });
  expect(await handles()).toEqual([0, 0, 0, 0]);
});

describe('GetParametersForImport', () => {
  test('gives a wrapping key and a token that are good for 24 hours', async () => {
    const { cloud, ada, KeyId } = await world();
    const parameters = await ada.getParametersForImport({
      KeyId: idOf(KeyId),
      WrappingAlgorithm: 'RSAES_OAEP_SHA_1',
      WrappingKeySpec: 'RSA_3072',
    });
    expect(parameters).toMatchObject({ KeyId, ParametersValidTo: new Date(start + day) });
    const key = createPublicKey({ key: Buffer.from(parameters.PublicKey!), format: 'der', type: 'spki' });
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(3072);
    expect(parameters.ImportToken!.length).toBeLessThanOrEqual(6144);
    expect(await events(cloud, 'GetParametersForImport')).toMatchObject([
      {
        readOnly: true,
        requestParameters: {
          keyId: idOf(KeyId),
          wrappingAlgorithm: 'RSAES_OAEP_SHA_1',
          wrappingKeySpec: 'RSA_3072',
        },
        responseElements: null,
      },
    ]);
  });

  test('is for keys of origin EXTERNAL', async () => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada);
    expect(await refusal(ada.getParametersForImport({ KeyId, ...oaep }))).toEqual({
      name: 'UnsupportedOperationException',
      message: `${KeyId} origin is AWS_KMS which is not valid for this operation.`,
    });
  });

  const symmetric: CreateKeyRequest = { KeySpec: 'SYMMETRIC_DEFAULT' };
  const hmac: CreateKeyRequest = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
  const rsa: CreateKeyRequest = { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' };
  const p256: CreateKeyRequest = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
  const p521: CreateKeyRequest = { KeySpec: 'ECC_NIST_P521', KeyUsage: 'SIGN_VERIFY' };

  // KMS API Reference, GetParametersForImport, WrappingAlgorithm.
  test.each([
    [symmetric, 'RSAES_OAEP_SHA_256', 'RSA_2048', true],
    [symmetric, 'RSA_AES_KEY_WRAP_SHA_256', 'RSA_2048', false],
    [symmetric, 'RSAES_PKCS1_V1_5', 'RSA_2048', false],
    [symmetric, 'SM2PKE', 'SM2', false],
    [symmetric, 'SM2PKE', 'RSA_2048', false],
    [hmac, 'RSAES_OAEP_SHA_1', 'RSA_2048', true],
    [hmac, 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_2048', false],
    [rsa, 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_2048', true],
    [rsa, 'RSAES_OAEP_SHA_256', 'RSA_2048', false],
    [p256, 'RSAES_OAEP_SHA_256', 'RSA_2048', true],
    [p256, 'RSA_AES_KEY_WRAP_SHA_256', 'RSA_2048', true],
    [p521, 'RSAES_OAEP_SHA_256', 'RSA_2048', false],
    [p521, 'RSAES_OAEP_SHA_256', 'RSA_3072', true],
    [p521, 'RSA_AES_KEY_WRAP_SHA_256', 'RSA_2048', true],
  ] as const)('%o by %s with %s: %s', async (key, WrappingAlgorithm, WrappingKeySpec, works) => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada, { Origin: 'EXTERNAL', ...key });
    const request = ada.getParametersForImport({ KeyId, WrappingAlgorithm, WrappingKeySpec });
    if (works) await request;
    else expect((await refusal(request)).name).toBe('UnsupportedOperationException');
  });
});

test('in China, SM2 keys have their material wrapped by SM2', async () => {
  const { cloud } = await stillWorld();
  const client = kms(cloud, 'Ada', { region: 'cn-north-1' });
  const sm2pke = { WrappingAlgorithm: 'SM2PKE', WrappingKeySpec: 'SM2' } as const;
  const KeyId = await newKey(client, { Origin: 'EXTERNAL', KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' });
  const { PublicKey } = await client.getParametersForImport({ KeyId, ...sm2pke });
  // The curve's object identifier, 1.2.156.10197.1.301 (GM/T 0006-2012).
  expect(Buffer.from(PublicKey!).toString('hex')).toContain('06082a811ccf5501822d');
  const symmetric = await newKey(client, { Origin: 'EXTERNAL' });
  expect((await refusal(client.getParametersForImport({ KeyId: symmetric, ...sm2pke }))).name).toBe(
    'UnsupportedOperationException',
  );
});

describe('the first import', () => {
  test('makes a key that had no material usable', async () => {
    const { cloud, ada, KeyId } = await world();
    const before = await metadata(ada, KeyId);
    expect(before).toMatchObject({ KeyState: 'PendingImport', Enabled: false, Origin: 'EXTERNAL' });
    expect(before.CurrentKeyMaterialId).toBeUndefined();
    expect(await refusal(ada.encrypt({ KeyId, Plaintext }))).toEqual({
      name: 'KMSInvalidStateException',
      message: `${KeyId} is pending import.`,
    });
    const ValidTo = new Date(start + 365 * day);
    const imported = await importInto(ada, KeyId, randomBytes(32), {
      ValidTo,
      KeyMaterialDescription: 'from the safe',
    });
    expect(imported.KeyId).toBe(KeyId);
    expect(imported.KeyMaterialId).toMatch(/^[0-9a-f]{64}$/);
    expect(await metadata(ada, KeyId)).toMatchObject({
      KeyState: 'Enabled',
      Enabled: true,
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
      ValidTo,
      CurrentKeyMaterialId: imported.KeyMaterialId,
    });
    expect(await materials(ada, KeyId)).toEqual([
      {
        KeyId,
        KeyMaterialId: imported.KeyMaterialId,
        KeyMaterialState: 'CURRENT',
        KeyMaterialDescription: 'from the safe',
        ImportState: 'IMPORTED',
        ExpirationModel: 'KEY_MATERIAL_EXPIRES',
        ValidTo,
      },
    ]);
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext });
    expect((await ada.decrypt({ CiphertextBlob: CiphertextBlob! })).Plaintext).toEqual(Plaintext);
    expect(await events(cloud, 'ImportKeyMaterial')).toMatchObject([
      {
        readOnly: false,
        requestParameters: { keyId: KeyId, expirationModel: 'KEY_MATERIAL_EXPIRES' },
        responseElements: { keyId: KeyId, keyMaterialId: imported.KeyMaterialId },
      },
    ]);
  });

  test('gives the same bytes another id in another key', async () => {
    const material = randomBytes(32);
    const { ada, id } = await world(material);
    const other = await newKey(ada, { Origin: 'EXTERNAL' });
    expect((await importInto(ada, other, material)).KeyMaterialId).not.toBe(id);
  });

  test.each([
    ['no end for what expires', { ExpirationModel: 'KEY_MATERIAL_EXPIRES' } as const],
    ['an end for what does not', { ...doesNotExpire, ValidTo: new Date(start + day) }],
    ['an end that has passed', { ValidTo: new Date(start) }],
    ['an end after more than 365 days', { ValidTo: new Date(start + 365 * day + second) }],
    ['an id for new material', { ImportType: 'NEW_KEY_MATERIAL', KeyMaterialId: 'a'.repeat(64) } as const],
  ])('refuses %s', async (_what, terms) => {
    const { ada, KeyId } = await world();
    expect((await refusal(importInto(ada, KeyId, randomBytes(32), terms))).name).toBe('ValidationException');
    expect((await metadata(ada, KeyId)).KeyState).toBe('PendingImport');
  });

  test('says so when the end is missing', async () => {
    const { ada, KeyId } = await world();
    const terms = { ExpirationModel: 'KEY_MATERIAL_EXPIRES' } as const;
    expect((await refusal(importInto(ada, KeyId, randomBytes(32), terms))).message).toBe(
      'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES',
    );
  });

  test('refuses tokens of other keys, tokens that are too old, and what does not unwrap or fit', async () => {
    const { ada, pass, KeyId } = await world();
    const other = await newKey(ada, { Origin: 'EXTERNAL' });
    const parameters = await ada.getParametersForImport({ KeyId, ...oaep });
    const ImportToken = parameters.ImportToken!;
    const EncryptedKeyMaterial = wrap(parameters, oaep.WrappingAlgorithm, randomBytes(32));
    const attempt = async (request: object) =>
      (
        await refusal(
          ada.importKeyMaterial({ KeyId, ImportToken, EncryptedKeyMaterial, ...doesNotExpire, ...request }),
        )
      ).name;
    expect(await attempt({ KeyId: other })).toBe('InvalidImportTokenException');
    expect(await attempt({ ImportToken: randomBytes(100) })).toBe('InvalidImportTokenException');
    expect(await attempt({ EncryptedKeyMaterial: randomBytes(256) })).toBe('InvalidCiphertextException');
    const tooShort = wrap(parameters, oaep.WrappingAlgorithm, randomBytes(16));
    expect(await attempt({ EncryptedKeyMaterial: tooShort })).toBe('IncorrectKeyMaterialException');
    await pass(day + second);
    expect(await attempt({})).toBe('ExpiredImportTokenException');
    expect((await metadata(ada, KeyId)).KeyState).toBe('PendingImport');
  });

  test('is for keys of origin EXTERNAL', async () => {
    const { ada, KeyId: external } = await world();
    const KeyId = await newKey(ada);
    const { ImportToken } = await ada.getParametersForImport({ KeyId: external, ...oaep });
    const request = { KeyId, ImportToken: ImportToken!, EncryptedKeyMaterial: randomBytes(256) };
    const unsupported = {
      name: 'UnsupportedOperationException',
      message: `${KeyId} origin is AWS_KMS which is not valid for this operation.`,
    };
    expect(await refusal(ada.importKeyMaterial({ ...request, ...doesNotExpire }))).toEqual(unsupported);
    expect(await refusal(ada.deleteImportedKeyMaterial({ KeyId }))).toEqual(unsupported);
  });
});

describe('imported material', () => {
  test('can be deleted at once, and the same bytes bring back what it had encrypted', async () => {
    const material = randomBytes(32);
    const { cloud, ada, KeyId, id } = await world(material);
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext });
    const deleted = await ada.deleteImportedKeyMaterial({ KeyId: idOf(KeyId) });
    expect(deleted).toMatchObject({ KeyId, KeyMaterialId: id });
    const gone = await metadata(ada, KeyId);
    expect(gone).toMatchObject({ KeyState: 'PendingImport', CurrentKeyMaterialId: id });
    expect(gone.ExpirationModel).toBeUndefined();
    expect(await materials(ada, KeyId)).toMatchObject([
      { KeyMaterialState: 'CURRENT', ImportState: 'PENDING_IMPORT' },
    ]);
    expect(await refusal(ada.decrypt({ CiphertextBlob: CiphertextBlob! }))).toEqual({
      name: 'KMSInvalidStateException',
      message: `${KeyId} is pending import.`,
    });
    // Deleting what is not there has no effect.
    expect(await ada.deleteImportedKeyMaterial({ KeyId })).toMatchObject({ KeyId, KeyMaterialId: id });

    const other = refusal(importInto(ada, KeyId, randomBytes(32)));
    expect((await other).name).toBe('IncorrectKeyMaterialException');
    expect((await importInto(ada, KeyId, material)).KeyMaterialId).toBe(id);
    expect((await ada.decrypt({ CiphertextBlob: CiphertextBlob! })).Plaintext).toEqual(Plaintext);
    expect(await events(cloud, 'DeleteImportedKeyMaterial')).toHaveLength(2);
  });

  test('can be deleted from a key that never had any, without effect', async () => {
    const { ada, KeyId } = await world();
    const deleted = await ada.deleteImportedKeyMaterial({ KeyId });
    expect(deleted.KeyId).toBe(KeyId);
    expect(deleted.KeyMaterialId).toBeUndefined();
    expect((await metadata(ada, KeyId)).KeyState).toBe('PendingImport');
  });

  test('leaves no sealed key in any zone or image of the journal when it is deleted', async () => {
    const adapter = memoryAdapter();
    const { ada } = await stillWorld({ adapter });
    const KeyId = await newKey(ada, { Origin: 'EXTERNAL' });
    await importInto(ada, KeyId, randomBytes(32));
    const sealed = async () => JSON.stringify([await adapter.load(), await adapter.journal(0)]);
    expect(await sealed()).toContain(`"keyArn":"${KeyId}"`);
    await ada.deleteImportedKeyMaterial({ KeyId });
    expect(await sealed()).not.toContain(`"keyArn":"${KeyId}"`);
  });

  test('that is deleted from a key on its way out leaves the state as it is', async () => {
    const { ada, KeyId } = await world(randomBytes(32));
    await ada.scheduleKeyDeletion({ KeyId });
    await ada.deleteImportedKeyMaterial({ KeyId });
    expect((await metadata(ada, KeyId)).KeyState).toBe('PendingDeletion');
    await ada.cancelKeyDeletion({ KeyId });
    expect((await metadata(ada, KeyId)).KeyState).toBe('PendingImport');
  });

  test('expires when it is due and not before, and can be imported anew', async () => {
    const material = randomBytes(32);
    const { cloud, ada, pass, KeyId } = await world();
    const terms = { ValidTo: new Date(start + 10 * day) };
    const { KeyMaterialId } = await importInto(ada, KeyId, material, terms);
    await pass(10 * day - 1);
    expect((await metadata(ada, KeyId)).KeyState).toBe('Enabled');
    await pass(1);
    expect(await metadata(ada, KeyId)).toMatchObject({ KeyState: 'PendingImport', Enabled: false });
    expect(await events(cloud, 'DeleteExpiredKeyMaterial')).toMatchObject([
      {
        eventType: 'AwsServiceEvent',
        eventTime: '2027-01-11T00:00:00Z',
        resources: [{ ARN: KeyId }],
        serviceEventDetails: { keyId: idOf(KeyId), keyMaterialId: KeyMaterialId },
      },
    ]);
    await importInto(ada, KeyId, material);
    expect((await metadata(ada, KeyId)).KeyState).toBe('Enabled');
    await pass(1000 * day);
    expect((await metadata(ada, KeyId)).KeyState).toBe('Enabled');
  });

  test('has the end of its last import, and keeps its description', async () => {
    const material = randomBytes(32);
    const { ada, pass, KeyId } = await world();
    await importInto(ada, KeyId, material, {
      ValidTo: new Date(start + 10 * day),
      KeyMaterialDescription: 'first',
    });
    const ValidTo = new Date(start + 20 * day);
    await importInto(ada, KeyId, material, { ValidTo });
    expect(await materials(ada, KeyId)).toMatchObject([{ ValidTo, KeyMaterialDescription: 'first' }]);
    await pass(15 * day);
    expect((await metadata(ada, KeyId)).KeyState).toBe('Enabled');
    await pass(5 * day);
    expect((await metadata(ada, KeyId)).KeyState).toBe('PendingImport');
  });

  test('does not enable a key that was disabled', async () => {
    const material = randomBytes(32);
    const { ada, KeyId } = await world(material);
    await ada.disableKey({ KeyId });
    await importInto(ada, KeyId, material);
    expect((await metadata(ada, KeyId)).KeyState).toBe('Disabled');
  });
});

describe('rotation to imported material', () => {
  const first = randomBytes(32);
  const next = randomBytes(32);
  const asNew = { ImportType: 'NEW_KEY_MATERIAL' } as const;

  test('makes new material current that has waited for it', async () => {
    const { ada, pass, KeyId, id } = await world(first);
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext });
    expect(await refusal(ada.rotateKeyOnDemand({ KeyId }))).toEqual({
      name: 'KMSInvalidStateException',
      message: `No available key material pending rotation for the key: ${KeyId}.`,
    });
    const { KeyMaterialId } = await importInto(ada, KeyId, next, asNew);
    expect(await materials(ada, KeyId)).toMatchObject([
      { KeyMaterialId: id, KeyMaterialState: 'CURRENT' },
      { KeyMaterialId, KeyMaterialState: 'PENDING_ROTATION', ImportState: 'IMPORTED' },
    ]);
    expect((await metadata(ada, KeyId)).CurrentKeyMaterialId).toBe(id);
    await ada.rotateKeyOnDemand({ KeyId });
    expect(await ada.getKeyRotationStatus({ KeyId })).toMatchObject({
      KeyRotationEnabled: false,
      OnDemandRotationStartDate: new Date(start),
    });
    await pass(second);
    expect(await materials(ada, KeyId)).toMatchObject([
      { KeyMaterialId: id, KeyMaterialState: 'NON_CURRENT' },
      { KeyMaterialId, KeyMaterialState: 'CURRENT', RotationType: 'ON_DEMAND' },
    ]);
    const opened = await ada.decrypt({ CiphertextBlob: CiphertextBlob! });
    expect(opened.KeyMaterialId).toBe(id);
    expect((await ada.generateDataKey({ KeyId, KeySpec: 'AES_256' })).KeyMaterialId).toBe(KeyMaterialId);
  });

  test('has room for one material that waits', async () => {
    const { ada, KeyId } = await world(first);
    const { KeyMaterialId } = await importInto(ada, KeyId, next, asNew);
    const { name, message } = await refusal(importInto(ada, KeyId, randomBytes(32), asNew));
    expect(name).toBe('KMSInvalidStateException');
    expect(message).toMatch(
      new RegExp(
        `^New key material \\(id: [0-9a-f]{64}\\) cannot be imported into KMS key ${KeyId}, because another key material \\(id: ${KeyMaterialId!}\\) is pending rotation\\.$`,
      ),
    );
  });

  test('knows new material from old', async () => {
    const { ada, KeyId, id } = await world(first);
    const incorrect = async (material: Uint8Array, terms: object) =>
      expect((await refusal(importInto(ada, KeyId, material, terms))).name).toBe(
        'IncorrectKeyMaterialException',
      );
    await incorrect(first, asNew);
    await incorrect(next, { ImportType: 'EXISTING_KEY_MATERIAL' });
    await incorrect(next, {});
    await incorrect(first, { KeyMaterialId: 'a'.repeat(64) });
    await importInto(ada, KeyId, first, { KeyMaterialId: id });
  });

  test('forgets new material that is deleted before, and the key stays usable', async () => {
    const { ada, KeyId, id } = await world(first);
    const { KeyMaterialId } = await importInto(ada, KeyId, next, asNew);
    await ada.deleteImportedKeyMaterial({ KeyId, KeyMaterialId: KeyMaterialId! });
    expect((await metadata(ada, KeyId)).KeyState).toBe('Enabled');
    expect((await materials(ada, KeyId)).map((material) => material.KeyMaterialId)).toEqual([id]);
    await importInto(ada, KeyId, randomBytes(32), asNew);
  });

  test('needs all material that the key ever had', async () => {
    const { ada, pass, KeyId, id } = await world(first);
    await importInto(ada, KeyId, next, asNew);
    await ada.rotateKeyOnDemand({ KeyId });
    await pass(second);
    await ada.deleteImportedKeyMaterial({ KeyId, KeyMaterialId: id });
    expect((await metadata(ada, KeyId)).KeyState).toBe('PendingImport');
    await ada.deleteImportedKeyMaterial({ KeyId });
    await importInto(ada, KeyId, next);
    expect((await metadata(ada, KeyId)).KeyState).toBe('PendingImport');
    await importInto(ada, KeyId, first);
    expect((await metadata(ada, KeyId)).KeyState).toBe('Enabled');
  });

  test('knows no material that the key never had', async () => {
    const { ada, KeyId } = await world(first);
    const request = ada.deleteImportedKeyMaterial({ KeyId, KeyMaterialId: 'a'.repeat(64) });
    expect((await refusal(request)).name).toBe('NotFoundException');
  });
});

describe('material that is not symmetric', () => {
  test('of an HMAC key does what the same bytes do elsewhere, and can never be other', async () => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada, {
      Origin: 'EXTERNAL',
      KeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
    });
    const material = randomBytes(32);
    expect((await importInto(ada, KeyId, material)).KeyMaterialId).toBeUndefined();
    const Message = Buffer.from('message');
    const { Mac } = await ada.generateMac({ KeyId, Message, MacAlgorithm: 'HMAC_SHA_256' });
    expect(Buffer.from(Mac!)).toEqual(createHmac('sha256', material).update(Message).digest());
    await ada.deleteImportedKeyMaterial({ KeyId });
    const other = refusal(importInto(ada, KeyId, randomBytes(32)));
    expect((await other).name).toBe('IncorrectKeyMaterialException');
    await importInto(ada, KeyId, material);
    await ada.generateMac({ KeyId, Message, MacAlgorithm: 'HMAC_SHA_256' });
  });

  test('of an RSA key keeps its public half when the private one is gone', async () => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada, { Origin: 'EXTERNAL', KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const material = privateKey.export({ format: 'der', type: 'pkcs8' });
    await importInto(ada, KeyId, material, {}, hybrid);
    const Message = Buffer.from('message');
    const SigningAlgorithm = 'RSASSA_PKCS1_V1_5_SHA_256';
    const { Signature } = await ada.sign({ KeyId, Message, SigningAlgorithm });
    expect(verify('sha256', Message, publicKey, Signature!)).toBe(true);
    await ada.deleteImportedKeyMaterial({ KeyId });
    expect((await refusal(ada.sign({ KeyId, Message, SigningAlgorithm }))).name).toBe(
      'KMSInvalidStateException',
    );
    const { PublicKey } = await ada.getPublicKey({ KeyId });
    expect(Buffer.from(PublicKey!)).toEqual(publicKey.export({ format: 'der', type: 'spki' }));
  });

  test.each([
    { ImportType: 'EXISTING_KEY_MATERIAL' } as const,
    { KeyMaterialDescription: 'x' },
    { KeyMaterialId: 'a'.repeat(64) },
  ])('has no %o', async (terms) => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada, {
      Origin: 'EXTERNAL',
      KeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
    });
    const { name } = await refusal(importInto(ada, KeyId, randomBytes(32), terms));
    expect(name).toBe('ValidationException');
  });
});
