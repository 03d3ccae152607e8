import type { KeySpec, MessageType, SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { expect, test, vi } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf } from './support.ts';

/** The rules of Sign, Verify and GetPublicKey. That signatures are right, `interop-signing.test.ts` shows. */

/** RSA keys take long to find, and longer on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const Message = new Uint8Array([1, 2, 3]);

async function world(KeySpec: KeySpec = 'ECC_NIST_P256') {
  const cloud = await openTestCloud();
  const client = kms(cloud);
  return { cloud, client, KeyId: await newKey(client, { KeySpec, KeyUsage: 'SIGN_VERIFY' }) };
}

test.each<[KeySpec, SigningAlgorithmSpec, MessageType, number, string]>([
  ['ECC_NIST_P256', 'ECDSA_SHA_256', 'DIGEST', 31, 'Digest is invalid length for algorithm ECDSA_SHA_256.'],
  [
    'ECC_NIST_P256',
    'ECDSA_SHA_256',
    'EXTERNAL_MU',
    64,
    'MessageType EXTERNAL_MU is not supported with algorithm ECDSA_SHA_256.',
  ],
  [
    'ECC_NIST_EDWARDS25519',
    'ED25519_SHA_512',
    'DIGEST',
    64,
    'MessageType DIGEST is not supported with algorithm ED25519_SHA_512.',
  ],
  [
    'ECC_NIST_EDWARDS25519',
    'ED25519_PH_SHA_512',
    'RAW',
    64,
    'MessageType RAW is not supported with algorithm ED25519_PH_SHA_512.',
  ],
  [
    'ECC_NIST_EDWARDS25519',
    'ED25519_PH_SHA_512',
    'DIGEST',
    32,
    'Digest is invalid length for algorithm ED25519_PH_SHA_512.',
  ],
  [
    'ML_DSA_44',
    'ML_DSA_SHAKE_256',
    'DIGEST',
    32,
    'MessageType DIGEST is not supported with algorithm ML_DSA_SHAKE_256.',
  ],
  [
    'ML_DSA_44',
    'ML_DSA_SHAKE_256',
    'EXTERNAL_MU',
    63,
    'Digest is invalid length for algorithm ML_DSA_SHAKE_256.',
  ],
])('%s with %s takes no %s of %i bytes', async (spec, SigningAlgorithm, messageType, length, message) => {
  const { client, KeyId } = await world(spec);
  const request = { KeyId, SigningAlgorithm, MessageType: messageType, Message: new Uint8Array(length) };
  const refused = { name: 'ValidationException', message };
  expect(await refusal(client.sign(request))).toEqual(refused);
  expect(await refusal(client.verify({ ...request, Signature: Message }))).toEqual(refused);
});

test('an algorithm must be the key’s', async () => {
  const { client, KeyId } = await world();
  const request = { KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_384' } as const;
  const refused = {
    name: 'InvalidKeyUsageException',
    message: 'Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256.',
  };
  expect(await refusal(client.sign(request))).toEqual(refused);
  expect(await refusal(client.verify({ ...request, Signature: Message }))).toEqual(refused);
});

test('a signature that does not match is an error without a message, never false', async () => {
  const { client, KeyId } = await world();
  const SigningAlgorithm = 'ECDSA_SHA_256';
  const { Signature } = await client.sign({ KeyId, Message, SigningAlgorithm });
  for (const given of [{ Message: new Uint8Array([4]) }, { Signature: Signature!.slice(0, -1) }]) {
    expect(await refusal(client.verify({ KeyId, Message, Signature, SigningAlgorithm, ...given }))).toEqual({
      name: 'KMSInvalidSignatureException',
      message: 'UnknownError',
    });
  }
});

test('dry runs of both', async () => {
  const { client, KeyId } = await world();
  const request = { KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
  const { Signature } = await client.sign(request);
  for (const dryRun of [
    refusal(client.sign({ ...request, DryRun: true })),
    refusal(client.verify({ ...request, Signature, DryRun: true })),
  ]) {
    expect((await dryRun).name).toBe('DryRunOperationException');
  }
});

test.each<[KeySpec, 'SIGN_VERIFY' | 'KEY_AGREEMENT' | 'ENCAPSULATE_DECAPSULATE' | 'ENCRYPT_DECRYPT', object]>(
  [
    [
      'RSA_2048',
      'ENCRYPT_DECRYPT',
      { EncryptionAlgorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'], CustomerMasterKeySpec: 'RSA_2048' },
    ],
    ['ECC_NIST_P384', 'KEY_AGREEMENT', { KeyAgreementAlgorithms: ['ECDH'] }],
    [
      'ECC_NIST_EDWARDS25519',
      'SIGN_VERIFY',
      { SigningAlgorithms: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'] },
    ],
    ['ML_DSA_65', 'SIGN_VERIFY', { SigningAlgorithms: ['ML_DSA_SHAKE_256'] }],
  ],
)('GetPublicKey of %s for %s', async (KeySpec, KeyUsage, expected) => {
  const client = kms(await openTestCloud());
  const KeyId = await newKey(client, { KeySpec, KeyUsage });
  const reply = await client.getPublicKey({ KeyId });
  expect(reply).toMatchObject({ KeyId, KeySpec, KeyUsage, ...expected });
  await client.disableKey({ KeyId });
  expect((await client.getPublicKey({ KeyId })).PublicKey).toEqual(reply.PublicKey);
});

test('GetPublicKey of a key that has none', async () => {
  const client = kms(await openTestCloud());
  for (const request of [{}, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }] as const) {
    const KeyId = await newKey(client, request);
    expect((await refusal(client.getPublicKey({ KeyId }))).name).toBe('UnsupportedOperationException');
  }
});

test('policies can speak of the message type, and CloudTrail tells it', async () => {
  const { cloud, client, KeyId } = await world();
  const SigningAlgorithm = 'ECDSA_SHA_256';
  await client.sign({ KeyId, Message, SigningAlgorithm });
  const [record] = await trailOf(cloud);
  expect(record!['requestParameters']).toEqual({
    keyId: KeyId,
    messageType: 'RAW',
    signingAlgorithm: SigningAlgorithm,
  });
  const everybody = { Principal: { AWS: '*' }, Resource: '*' };
  const guarded = await newKey(client, {
    ...{ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', ...everybody, Action: 'kms:*' },
        {
          Effect: 'Deny',
          ...everybody,
          Action: 'kms:Sign',
          Condition: { StringEquals: { 'kms:MessageType': 'DIGEST' } },
        },
      ],
    }),
  });
  const digest = {
    KeyId: guarded,
    Message: new Uint8Array(32),
    MessageType: 'DIGEST',
    SigningAlgorithm,
  } as const;
  expect((await refusal(client.sign(digest))).name).toBe('AccessDeniedException');
  expect((await client.sign({ KeyId: guarded, Message, SigningAlgorithm })).Signature).toBeDefined();
});
