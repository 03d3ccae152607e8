import type { KMS } from '@aws-sdk/client-kms';
import { expect, onTestFinished, test } from 'vitest';
import { openCloud, type Cloud } from '../../src/engine/cloud.ts';
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

/** A day's work of which everything that a client gets to see is kept. */
async function work(cloud: Cloud): Promise<unknown[]> {
  const client = kms(cloud);
  const seen: unknown[] = [cloud.identities()];
  const note = async (reply: Promise<{ $metadata: unknown }>) => {
    const { $metadata: _, ...rest } = await reply;
    seen.push(rest);
    return rest as Record<string, never>;
  };
  const { KeyMetadata } = await client.createKey({ Description: 'seeded' });
  seen.push(KeyMetadata);
  const KeyId = KeyMetadata!.KeyId!;
  await note(client.encrypt({ KeyId, Plaintext: new Uint8Array([1, 2, 3]) }));
  await note(client.generateDataKey({ KeyId, KeySpec: 'AES_256' }));
  await note(client.generateRandom({ NumberOfBytes: 100 }));
  for (const [KeySpec, KeyUsage] of [
    ['RSA_2048', 'SIGN_VERIFY'],
    ['ECC_NIST_P256', 'SIGN_VERIFY'],
    ['ECC_SECG_P256K1', 'SIGN_VERIFY'],
    ['ECC_NIST_EDWARDS25519', 'SIGN_VERIFY'],
    ['ML_DSA_44', 'SIGN_VERIFY'],
    ['ML_KEM_512', 'ENCAPSULATE_DECAPSULATE'],
  ] as const) {
    const made = await client.createKey({ KeySpec, KeyUsage });
    seen.push(made.KeyMetadata);
    await note(client.getPublicKey({ KeyId: made.KeyMetadata!.KeyId! }));
  }
  const mac = await client.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  await note(
    client.generateMac({
      KeyId: mac.KeyMetadata!.KeyId!,
      Message: new Uint8Array([1]),
      MacAlgorithm: 'HMAC_SHA_256',
    }),
  );
  return seen;
}

test('two clouds of one seed give the same ids, keys, ciphertexts and times for the same steps', async () => {
  const [one, other] = await Promise.all([
    openTestCloud({ seed: 'class 7' }),
    openTestCloud({ seed: 'class 7' }),
  ]);
  const first = await work(one);
  expect(await work(other)).toEqual(first);
  expect((await one.view()).seed).toBe('class 7');
});

test('another seed gives other ones, and no seed none that repeat', async () => {
  const first = await work(await openTestCloud({ seed: 'class 7' }));
  const second = await work(await openTestCloud({ seed: 'class 8' }));
  expect(second).not.toEqual(first);
  const bare = await openTestCloud();
  expect((await bare.view()).seed).toBeUndefined();
});

test('a seeded cloud that is opened again goes on, and repeats no bytes of its first life', async () => {
  const adapter = memoryAdapter();
  const store = memoryHsmStore();
  const open = async () => {
    const platform = { clock: systemClock, randomness: systemRandomness };
    const cloud = await openCloud({
      adapter,
      hsm: await openHsm({ store, ...platform, seed: 'again' }),
      ...platform,
      seed: 'again',
    });
    onTestFinished(() => cloud.close());
    return cloud;
  };
  const first = await open();
  const { KeyMetadata } = await kms(first).createKey({});
  const sealed = await kms(first).encrypt({ KeyId: KeyMetadata!.KeyId, Plaintext: new Uint8Array([7]) });
  const seen = (await kms(first).generateRandom({ NumberOfBytes: 32 })).Plaintext;
  await first.flush();

  const second = await open();
  const client: KMS = kms(second);
  const opened = await client.decrypt({ CiphertextBlob: sealed.CiphertextBlob! });
  expect(opened.Plaintext).toEqual(new Uint8Array([7]));
  expect((await client.generateRandom({ NumberOfBytes: 32 })).Plaintext).not.toEqual(seen);
  const another = await client.createKey({});
  expect(another.KeyMetadata!.KeyId).not.toBe(KeyMetadata!.KeyId);
  expect(another.KeyMetadata!.CreationDate!.getTime()).toBeGreaterThan(KeyMetadata!.CreationDate!.getTime());
});

test('a reset can found it from a seed, and from none again', async () => {
  const cloud = await openTestCloud();
  await cloud.reset({ seed: 'reset' });
  expect((await cloud.view()).seed).toBe('reset');
  const first = (await kms(cloud).createKey({})).KeyMetadata;
  await cloud.reset({ seed: 'reset' });
  expect((await kms(cloud).createKey({})).KeyMetadata).toEqual(first);
  await cloud.reset();
  expect((await cloud.view()).seed).toBeUndefined();
});
