import { expect, test, vi } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf } from './support.ts';

/** Encapsulate and Decapsulate. That they are ML-KEM, `interop-secrets.test.ts` shows. */

/** RSA keys take long to find, and longer on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const EncapsulationAlgorithm = 'ML_KEM';
const kem = { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' } as const;

async function world() {
  const cloud = await openTestCloud();
  const client = kms(cloud);
  return { cloud, client, KeyId: await newKey(client, kem) };
}

test.each([
  ['ML_KEM_512', 768],
  ['ML_KEM_768', 1088],
  ['ML_KEM_1024', 1568],
] as const)('%s encapsulates 32 bytes in %i, and opens them again', async (KeySpec, length) => {
  const { client } = await world();
  const KeyId = await newKey(client, { ...kem, KeySpec });
  const made = await client.encapsulate({ KeyId, EncapsulationAlgorithm });
  expect(made).toMatchObject({ KeyId, EncapsulationAlgorithm });
  expect(made.SharedSecret).toHaveLength(32);
  expect(made.SharedSecretCiphertextBlob).toHaveLength(length);
  const { SharedSecretCiphertextBlob } = made;
  const opened = await client.decapsulate({ KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob });
  expect(opened).toMatchObject({ KeyId, EncapsulationAlgorithm });
  expect(opened.SharedSecret).toEqual(made.SharedSecret);
  expect((await client.getPublicKey({ KeyId })).EncapsulationAlgorithms).toEqual(['ML_KEM']);
});

test('an altered ciphertext, or another key, gives another secret: always the same, and no error', async () => {
  const { client, KeyId } = await world();
  const { SharedSecret, SharedSecretCiphertextBlob } = await client.encapsulate({
    KeyId,
    EncapsulationAlgorithm,
  });
  const altered = Uint8Array.from(SharedSecretCiphertextBlob!);
  altered[0]! ^= 1;
  const open = async (key: string, ciphertext: Uint8Array) =>
    (
      await client.decapsulate({
        KeyId: key,
        EncapsulationAlgorithm,
        SharedSecretCiphertextBlob: ciphertext,
      })
    ).SharedSecret;
  const wrong = await open(KeyId, altered);
  expect(wrong).toHaveLength(32);
  expect(wrong).not.toEqual(SharedSecret);
  expect(await open(KeyId, altered)).toEqual(wrong);
  expect(await open(await newKey(client, kem), SharedSecretCiphertextBlob!)).not.toEqual(SharedSecret);
});

test('a ciphertext of another length is invalid', async () => {
  const { client, KeyId } = await world();
  for (const length of [1, 767, 769, 1088]) {
    const SharedSecretCiphertextBlob = new Uint8Array(length);
    expect(
      await refusal(client.decapsulate({ KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob })),
    ).toEqual({ name: 'InvalidCiphertextException', message: 'UnknownError' });
  }
});

test('only ML-KEM keys do it, and only while they are enabled', async () => {
  const { client, KeyId } = await world();
  const rsa = await newKey(client, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
  expect(await refusal(client.encapsulate({ KeyId: rsa, EncapsulationAlgorithm }))).toEqual({
    name: 'InvalidKeyUsageException',
    message: `${rsa} key usage is ENCRYPT_DECRYPT which is not valid for Encapsulate.`,
  });
  const dryRun = { KeyId, EncapsulationAlgorithm, DryRun: true } as const;
  expect((await refusal(client.encapsulate(dryRun))).name).toBe('DryRunOperationException');
  const SharedSecretCiphertextBlob = new Uint8Array(768);
  expect((await refusal(client.decapsulate({ ...dryRun, SharedSecretCiphertextBlob }))).name).toBe(
    'DryRunOperationException',
  );
  await client.disableKey({ KeyId });
  expect((await refusal(client.encapsulate({ KeyId, EncapsulationAlgorithm }))).name).toBe(
    'DisabledException',
  );
});

test('ML-KEM keys are not made in China, nor imported', async () => {
  const { cloud, client } = await world();
  expect((await refusal(kms(cloud, 'Ada', { region: 'cn-north-1' }).createKey(kem))).name).toBe(
    'UnsupportedOperationException',
  );
  expect((await refusal(client.createKey({ ...kem, Origin: 'EXTERNAL' }))).name).toBe(
    'UnsupportedOperationException',
  );
});

test('CloudTrail tells the algorithm and the key', async () => {
  const { cloud, client, KeyId } = await world();
  const { SharedSecretCiphertextBlob } = await client.encapsulate({ KeyId, EncapsulationAlgorithm });
  await client.decapsulate({ KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob });
  for (const record of (await trailOf(cloud)).slice(0, 2)) {
    expect(record).toMatchObject({ readOnly: true, responseElements: null });
    expect(record['requestParameters']).toEqual({ keyId: KeyId, encapsulationAlgorithm: 'ML_KEM' });
  }
});
