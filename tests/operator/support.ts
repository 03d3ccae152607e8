import type { KMS } from '@aws-sdk/client-kms';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { StoredToken } from '../../src/engine/look/look.ts';
import type { OperatorAct } from '../../src/engine/operator/acts.ts';
import { twoAccounts } from '../kms/support.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

export const start = Date.UTC(2027, 0, 1);
export const day = 86_400_000;
export const region = 'us-east-1';
export const plaintext = new TextEncoder().encode('secret');

export interface World {
  cloud: Cloud;
  /** Administers the account. No request is tried twice. */
  ada: KMS;
}

/** A cloud whose clock stands still. */
export async function world(seed?: string): Promise<World> {
  const clock = { pace: 'still' as const, start: new Date(start).toISOString() };
  const cloud = await openTestCloud({
    scenario: { ...twoAccounts, clock },
    ...(seed !== undefined && { seed }),
  });
  return { cloud, ada: kms(cloud, 'Ada', { maxAttempts: 1 }) };
}

/** Makes a key, and a ciphertext under it. */
export async function sealedSecret(
  ada: KMS,
): Promise<{ keyArn: string; materialId: string; blob: Uint8Array }> {
  const { KeyMetadata } = await ada.createKey({});
  const keyArn = KeyMetadata!.Arn!;
  const { CiphertextBlob } = await ada.encrypt({ KeyId: keyArn, Plaintext: plaintext });
  return { keyArn, materialId: KeyMetadata!.CurrentKeyMaterialId!, blob: CiphertextBlob! };
}

/** What the zones hold of a key's sealed keys. */
export async function copiesOf(cloud: Cloud, keyArn: string): Promise<StoredToken['copies']> {
  const { tokens } = await cloud.look({ name: 'storage', query: { keyArn } });
  return tokens.flatMap(({ copies }) => copies);
}

/** `good missing corrupt`, by zone. */
export async function statesOf(cloud: Cloud, keyArn: string): Promise<string> {
  return (await copiesOf(cloud, keyArn)).map(({ state }) => state).join(' ');
}

/** The sentence with which an act is refused; nothing may have changed by it. */
export async function refusal(cloud: Cloud, act: OperatorAct): Promise<string> {
  await cloud.flush();
  const { sequence } = await cloud.view();
  const message = await cloud.operate(act).then(
    () => 'It was done.',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
  if ((await cloud.view()).sequence !== sequence) return `It has changed something: ${message}`;
  return message;
}
