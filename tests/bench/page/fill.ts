import { cloud } from '$lib/cloud/connection.svelte.ts';
import { kmsClient } from '$lib/cloud/kms.ts';

/** How many requests are under way at a time. */
const atOnce = 25;

/**
 * Makes a cloud that has been used: so many keys and so many requests in all, each signed by Ada and sent through the
 * workers, as a page's own are. Every eighth is refused.
 */
export async function fill(keys: number, requests: number): Promise<void> {
  await cloud.start();
  const kms = kmsClient(cloud, () => cloud.identities.find(({ name }) => name === 'Ada'));
  const keyIds: string[] = [];
  await together(keys, async (number) => {
    const { KeyMetadata } = await kms.call('CreateKey', { Description: `Key ${number}` });
    keyIds.push(KeyMetadata!.KeyId!);
  });
  const Plaintext = new TextEncoder().encode('A secret of the bench');
  const kinds = [
    (KeyId: string) => kms.call('Encrypt', { KeyId, Plaintext }),
    (KeyId: string) => kms.call('DescribeKey', { KeyId }),
    (KeyId: string) => kms.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }),
    (KeyId: string) => kms.call('TagResource', { KeyId, Tags: [{ TagKey: 'bench', TagValue: KeyId }] }),
    (KeyId: string) => kms.call('Encrypt', { KeyId, Plaintext }),
    (KeyId: string) => kms.call('GetKeyRotationStatus', { KeyId }),
    (KeyId: string) => kms.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }),
    () => kms.call('DescribeKey', { KeyId: 'alias/missing' }).catch(() => undefined),
  ];
  await together(requests - keys, (number) => kinds[number % kinds.length]!(keyIds[(number * 7) % keys]!));
}

async function together(count: number, send: (number: number) => Promise<unknown>): Promise<void> {
  for (let sent = 0; sent < count; sent += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, count - sent) }, (_, index) => send(sent + index));
    await Promise.all(batch);
  }
}
