import { expect, test, vi } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf } from './support.ts';

/** GenerateDataKeyPair and …WithoutPlaintext. That others read the pairs, `interop-secrets.test.ts` shows. */

/** RSA keys take long to find, and longer on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const KeyPairSpec = 'ECC_NIST_P256';
const EncryptionContext = { dept: 'IT' };

async function world() {
  const cloud = await openTestCloud();
  const client = kms(cloud);
  return { cloud, client, KeyId: await newKey(client) };
}

test('the private key comes plain and encrypted under the KMS key, with its context', async () => {
  const { client, KeyId } = await world();
  const pair = await client.generateDataKeyPair({ KeyId, KeyPairSpec, EncryptionContext });
  const { CurrentKeyMaterialId } = (await client.describeKey({ KeyId })).KeyMetadata!;
  expect(pair).toMatchObject({ KeyId, KeyPairSpec, KeyMaterialId: CurrentKeyMaterialId });
  const CiphertextBlob = pair.PrivateKeyCiphertextBlob;
  const opened = await client.decrypt({ CiphertextBlob, EncryptionContext });
  expect(opened.Plaintext).toEqual(pair.PrivateKeyPlaintext);
  expect((await refusal(client.decrypt({ CiphertextBlob }))).name).toBe('InvalidCiphertextException');
});

test('without plaintext, the private key comes encrypted only', async () => {
  const { client, KeyId } = await world();
  const pair = await client.generateDataKeyPairWithoutPlaintext({ KeyId, KeyPairSpec, EncryptionContext });
  expect(pair).not.toHaveProperty('PrivateKeyPlaintext');
  expect(pair.KeyMaterialId).toMatch(/^[0-9a-f]{64}$/);
  expect(pair.PublicKey!.length).toBeGreaterThan(0);
  const CiphertextBlob = pair.PrivateKeyCiphertextBlob;
  expect((await client.decrypt({ CiphertextBlob, EncryptionContext })).Plaintext).toBeDefined();
});

test('SM2 pairs are made in China alone, ML-KEM pairs everywhere else', async () => {
  const { cloud, client, KeyId } = await world();
  const inChina = kms(cloud, 'Ada', { region: 'cn-north-1' });
  const chinese = await newKey(inChina);
  expect((await client.generateDataKeyPair({ KeyId, KeyPairSpec: 'ML_KEM_512' })).PublicKey).toBeDefined();
  expect((await inChina.generateDataKeyPair({ KeyId: chinese, KeyPairSpec: 'SM2' })).PublicKey).toBeDefined();
  expect(await refusal(client.generateDataKeyPair({ KeyId, KeyPairSpec: 'SM2' }))).toEqual({
    name: 'UnsupportedOperationException',
    message: 'KeyPairSpec SM2 is not supported in us-east-1.',
  });
  expect(
    (await refusal(inChina.generateDataKeyPair({ KeyId: chinese, KeyPairSpec: 'ML_KEM_768' }))).name,
  ).toBe('UnsupportedOperationException');
});

test('only symmetric keys encrypt them, and no ML-DSA pair is offered', async () => {
  const { client, KeyId } = await world();
  const hmac = await newKey(client, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  expect((await refusal(client.generateDataKeyPair({ KeyId: hmac, KeyPairSpec }))).name).toBe(
    'InvalidKeyUsageException',
  );
  const rsa = await newKey(client, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
  expect(await refusal(client.generateDataKeyPair({ KeyId: rsa, KeyPairSpec }))).toEqual({
    name: 'InvalidKeyUsageException',
    message: 'Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.',
  });
  expect((await refusal(client.generateDataKeyPair({ KeyId, KeyPairSpec: 'ML_DSA_44' as never }))).name).toBe(
    'ValidationException',
  );
});

test('a dry run and a disabled key', async () => {
  const { client, KeyId } = await world();
  const request = { KeyId, KeyPairSpec } as const;
  expect((await refusal(client.generateDataKeyPair({ ...request, DryRun: true }))).name).toBe(
    'DryRunOperationException',
  );
  expect((await refusal(client.generateDataKeyPairWithoutPlaintext({ ...request, DryRun: true }))).name).toBe(
    'DryRunOperationException',
  );
  await client.disableKey({ KeyId });
  expect((await refusal(client.generateDataKeyPair(request))).name).toBe('DisabledException');
});

test('policies can speak of the kind of pair, and CloudTrail tells it', async () => {
  const { cloud, client, KeyId } = await world();
  const everybody = { Principal: { AWS: '*' }, Resource: '*' };
  const guarded = await newKey(client, {
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', ...everybody, Action: 'kms:*' },
        {
          Effect: 'Deny',
          ...everybody,
          Action: 'kms:GenerateDataKeyPair*',
          Condition: { StringLike: { 'kms:DataKeyPairSpec': 'ECC_*' } },
        },
      ],
    }),
  });
  expect((await refusal(client.generateDataKeyPair({ KeyId: guarded, KeyPairSpec }))).name).toBe(
    'AccessDeniedException',
  );
  await client.generateDataKeyPair({ KeyId: guarded, KeyPairSpec: 'ML_KEM_512' });
  await client.generateDataKeyPair({ KeyId, KeyPairSpec, EncryptionContext });
  const [record] = await trailOf(cloud);
  expect(record).toMatchObject({ eventName: 'GenerateDataKeyPair', readOnly: true, responseElements: null });
  expect(record!['requestParameters']).toEqual({
    keyId: KeyId,
    keyPairSpec: KeyPairSpec,
    encryptionContext: EncryptionContext,
  });
});
