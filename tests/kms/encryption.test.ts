import type { EncryptionAlgorithmSpec, KeySpec } from '@aws-sdk/client-kms';
import { expect, test, vi } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud, pooledRsa } from '../support/cloud.ts';
import { newKey, refusal, trailOf } from './support.ts';

/** The rules of Encrypt, Decrypt and ReEncrypt that are not in `rules.test.ts`. */

/** RSA keys take long to find, and longer on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const Plaintext = new Uint8Array([1, 2, 3]);
const garbage = new Uint8Array([9, 9, 9]);
const DryRunModifiers = ['IGNORE_CIPHERTEXT' as const];

async function world() {
  const cloud = await openTestCloud(pooledRsa);
  const client = kms(cloud);
  return { cloud, client, KeyId: await newKey(client) };
}

test.each<[KeySpec, EncryptionAlgorithmSpec, number, string?]>([
  ['RSA_2048', 'RSAES_OAEP_SHA_1', 214],
  ['RSA_2048', 'RSAES_OAEP_SHA_256', 190],
  ['RSA_3072', 'RSAES_OAEP_SHA_1', 342],
  ['RSA_3072', 'RSAES_OAEP_SHA_256', 318],
  ['RSA_4096', 'RSAES_OAEP_SHA_1', 470],
  ['RSA_4096', 'RSAES_OAEP_SHA_256', 446],
  ['SM2', 'SM2PKE', 1024, 'cn-north-1'],
])(
  '%s with %s carries %i bytes and no more',
  async (spec, algorithm, most, region = 'us-east-1') => {
    const client = kms(await openTestCloud(pooledRsa), 'Ada', { region });
    const KeyId = await newKey(client, { KeySpec: spec, KeyUsage: 'ENCRYPT_DECRYPT' });
    const full = { KeyId, Plaintext: new Uint8Array(most).fill(7), EncryptionAlgorithm: algorithm };
    const { CiphertextBlob } = await client.encrypt(full);
    const opened = await client.decrypt({ KeyId, CiphertextBlob, EncryptionAlgorithm: algorithm });
    expect(opened.Plaintext).toEqual(full.Plaintext);
    expect(opened).not.toHaveProperty('KeyMaterialId');
    expect(await refusal(client.encrypt({ ...full, Plaintext: new Uint8Array(most + 1) }))).toEqual({
      name: 'ValidationException',
      message: `Algorithm ${algorithm} and key spec ${spec} cannot encrypt data larger than ${most} bytes.`,
    });
  },
  60_000,
);

test('an encryption context goes with symmetric keys alone', async () => {
  const { client } = await world();
  const KeyId = await newKey(client, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
  const request = { KeyId, Plaintext, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
  expect((await refusal(client.encrypt({ ...request, EncryptionContext: { a: 'b' } }))).name).toBe(
    'ValidationException',
  );
  expect(await refusal(client.encrypt({ KeyId, Plaintext }))).toEqual({
    name: 'InvalidKeyUsageException',
    message: 'Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.',
  });
});

test('a dry run looks at the ciphertext, unless it is told to ignore it', async () => {
  const { cloud, client, KeyId } = await world();
  const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext });
  const altered = Uint8Array.from(CiphertextBlob!);
  altered[altered.length - 1]! ^= 1;
  const decrypt = async (input: object, name = 'Ada') =>
    (await refusal(kms(cloud, name).decrypt({ DryRun: true, ...input }))).name;
  expect(await decrypt({ CiphertextBlob })).toBe('DryRunOperationException');
  expect(await decrypt({ CiphertextBlob: altered })).toBe('InvalidCiphertextException');
  for (const given of [altered, garbage, undefined]) {
    expect(await decrypt({ KeyId, CiphertextBlob: given, DryRunModifiers })).toBe('DryRunOperationException');
  }
  expect(await decrypt({ CiphertextBlob, DryRunModifiers })).toBe('ValidationException');
  expect(await decrypt({ KeyId })).toBe('ValidationException');
  expect(await decrypt({ KeyId, CiphertextBlob, DryRun: false, DryRunModifiers })).toBe(
    'ValidationException',
  );
  expect(await decrypt({ KeyId, DryRunModifiers }, 'Mallory')).toBe('AccessDeniedException');
});

test('a dry run of ReEncrypt likewise', async () => {
  const { client, KeyId } = await world();
  const DestinationKeyId = await newKey(client);
  const reEncrypt = async (input: object) =>
    (await refusal(client.reEncrypt({ DestinationKeyId, DryRun: true, ...input }))).name;
  expect(await reEncrypt({ SourceKeyId: KeyId, CiphertextBlob: garbage, DryRunModifiers })).toBe(
    'DryRunOperationException',
  );
  expect(await reEncrypt({ SourceKeyId: KeyId, CiphertextBlob: garbage })).toBe('InvalidCiphertextException');
  expect(await reEncrypt({ DryRunModifiers })).toBe('ValidationException');
});

test('CloudTrail tells both backing keys of a ReEncrypt', async () => {
  const { cloud, client, KeyId } = await world();
  const DestinationKeyId = await newKey(client);
  const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext });
  const done = await client.reEncrypt({ CiphertextBlob, DestinationKeyId });
  const [record] = await trailOf(cloud);
  expect(record).toMatchObject({
    eventName: 'ReEncrypt',
    additionalEventData: {
      sourceKeyMaterialId: done.SourceKeyMaterialId,
      destinationKeyMaterialId: done.DestinationKeyMaterialId,
    },
    resources: [{ ARN: KeyId }, { ARN: DestinationKeyId }],
  });
  expect(done.SourceKeyMaterialId).toMatch(/^[0-9a-f]{64}$/);
});
