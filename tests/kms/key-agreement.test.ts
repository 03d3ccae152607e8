import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf } from './support.ts';

/** DeriveSharedSecret. That the secret is right, `interop-secrets.test.ts` shows. */

const KeyAgreementAlgorithm = 'ECDH';
const agreement = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' } as const;

function publicKey(namedCurve = 'P-256'): Uint8Array {
  return generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'der' });
}

async function world() {
  const cloud = await openTestCloud();
  const client = kms(cloud);
  return { cloud, client, KeyId: await newKey(client, agreement) };
}

test('both sides derive the same secret; the reply tells the origin', async () => {
  const { client, KeyId } = await world();
  const other = await newKey(client, agreement);
  const [{ PublicKey: mine }, { PublicKey: theirs }] = [
    await client.getPublicKey({ KeyId }),
    await client.getPublicKey({ KeyId: other }),
  ];
  const one = await client.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm, PublicKey: theirs });
  const two = await client.deriveSharedSecret({ KeyId: other, KeyAgreementAlgorithm, PublicKey: mine });
  expect(one).toMatchObject({ KeyId, KeyAgreementAlgorithm, KeyOrigin: 'AWS_KMS' });
  expect(one.SharedSecret).toHaveLength(32);
  expect(one.SharedSecret).toEqual(two.SharedSecret);
});

test('a public key of another curve, or none at all, is refused', async () => {
  const { client, KeyId } = await world();
  const point = publicKey();
  const offCurve = Uint8Array.from(point);
  offCurve[offCurve.length - 1]! ^= 1;
  for (const PublicKey of [publicKey('P-384'), publicKey('secp256k1'), offCurve, new Uint8Array([48, 0])]) {
    expect(await refusal(client.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm, PublicKey }))).toEqual({
      name: 'ValidationException',
      message: 'PublicKey is not a valid DER-encoded X.509 public key for key spec ECC_NIST_P256.',
    });
  }
});

test('signing keys agree on nothing, and agreeing keys sign nothing', async () => {
  const { client, KeyId } = await world();
  const signer = await newKey(client, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const request = { KeyAgreementAlgorithm, PublicKey: publicKey() } as const;
  expect(await refusal(client.deriveSharedSecret({ KeyId: signer, ...request }))).toEqual({
    name: 'InvalidKeyUsageException',
    message: `${signer} key usage is SIGN_VERIFY which is not valid for DeriveSharedSecret.`,
  });
  const Message = new Uint8Array([1]);
  expect((await refusal(client.sign({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' }))).name).toBe(
    'InvalidKeyUsageException',
  );
});

test('a dry run and a disabled key', async () => {
  const { client, KeyId } = await world();
  const request = { KeyId, KeyAgreementAlgorithm, PublicKey: publicKey() } as const;
  expect((await refusal(client.deriveSharedSecret({ ...request, DryRun: true }))).name).toBe(
    'DryRunOperationException',
  );
  await client.disableKey({ KeyId });
  expect((await refusal(client.deriveSharedSecret(request))).name).toBe('DisabledException');
});

test('policies can speak of the algorithm, and CloudTrail tells it', async () => {
  const { cloud, client } = await world();
  const principal = { Principal: { AWS: '*' }, Resource: '*' };
  const KeyId = await newKey(client, {
    ...agreement,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', ...principal, Action: 'kms:*' },
        {
          Effect: 'Deny',
          ...principal,
          Action: 'kms:DeriveSharedSecret',
          Condition: { StringEquals: { 'kms:KeyAgreementAlgorithm': 'ECDH' } },
        },
      ],
    }),
  });
  const request = { KeyId, KeyAgreementAlgorithm, PublicKey: publicKey() } as const;
  expect((await refusal(client.deriveSharedSecret(request))).name).toBe('AccessDeniedException');
  const allowed = await newKey(client, agreement);
  await client.deriveSharedSecret({ ...request, KeyId: allowed });
  const [record] = await trailOf(cloud);
  expect(record).toMatchObject({
    eventName: 'DeriveSharedSecret',
    readOnly: true,
    requestParameters: { keyId: allowed, keyAgreementAlgorithm: 'ECDH' },
    responseElements: null,
  });
});
