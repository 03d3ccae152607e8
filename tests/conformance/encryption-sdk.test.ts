import {
  buildClient,
  CommitmentPolicy,
  KmsKeyringNode,
  type KmsKeyringNodeInput,
} from '@aws-crypto/client-node';
import type { KMS } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const context = { purpose: 'conformance', origin: 'Glass KMS' };
const plaintext = new TextEncoder().encode('A message of some length. '.repeat(1000));

/**
 * The AWS Encryption SDK for JavaScript as it comes from npm, with its KMS keyring. The cast is about
 * `KeyId?: string` against `KeyId: string | undefined`, which the SDK's two halves write differently.
 */
function keyring(client: KMS, keys: Pick<KmsKeyringNodeInput, 'generatorKeyId' | 'keyIds'>) {
  const clientProvider = (() => client) as NonNullable<KmsKeyringNodeInput['clientProvider']>;
  return new KmsKeyringNode({ clientProvider, ...keys });
}

async function createKey(client: KMS): Promise<string> {
  const { KeyMetadata } = await client.createKey({});
  return KeyMetadata?.Arn ?? '';
}

test('the AWS Encryption SDK encrypts under a KMS key and decrypts', async () => {
  const client = kms(await openTestCloud());
  const ring = keyring(client, { generatorKeyId: await createKey(client) });
  const { result } = await encrypt(ring, plaintext, { encryptionContext: context });
  expect(result.includes(Buffer.from(plaintext))).toBe(false);
  const opened = await decrypt(ring, result);
  expect(new Uint8Array(opened.plaintext)).toEqual(plaintext);
  expect(opened.messageHeader.encryptionContext).toMatchObject(context);
});

test('either of two keys opens the message', async () => {
  const client = kms(await openTestCloud());
  const [one, other] = [await createKey(client), await createKey(client)];
  const { result } = await encrypt(keyring(client, { generatorKeyId: one, keyIds: [other] }), plaintext, {
    encryptionContext: context,
  });
  await client.disableKey({ KeyId: one });
  const opened = await decrypt(keyring(client, { keyIds: [other] }), result);
  expect(new Uint8Array(opened.plaintext)).toEqual(plaintext);
});

test('an altered message is refused', async () => {
  const client = kms(await openTestCloud());
  const ring = keyring(client, { generatorKeyId: await createKey(client) });
  const { result } = await encrypt(ring, plaintext, { encryptionContext: context });
  result[result.length - 1]! ^= 1;
  await expect(decrypt(ring, result)).rejects.toThrow();
});

test('a principal without the right cannot open it', async () => {
  const cloud = await openTestCloud();
  const client = kms(cloud);
  const key = await createKey(client);
  const { result } = await encrypt(keyring(client, { generatorKeyId: key }), plaintext);
  await expect(decrypt(keyring(kms(cloud, 'Mallory'), { keyIds: [key] }), result)).rejects.toThrow(
    /not authorized/,
  );
});
