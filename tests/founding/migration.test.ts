import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openCloud } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { Change } from '../../src/engine/vault/adapter.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { kms } from '../support/clients.ts';

/** Members of a key record that the first version of the vault did not have. */
const since = ['origin', 'manager', 'materials', 'onDemandRotations'];

test('a vault of the first version goes on: its keys decrypt, and its aliases lead to them', async () => {
  const platform = { clock: systemClock, randomness: systemRandomness };
  const hsm = await openHsm({ store: memoryHsmStore(), ...platform });
  const original = memoryAdapter();
  const cloud = await openCloud({ adapter: original, hsm, ...platform });
  await kms(cloud).createKey({ Description: 'old' });
  const { Keys } = await kms(cloud).listKeys({});
  const KeyId = Keys![0]!.KeyId!;
  await kms(cloud).createAlias({ AliasName: 'alias/old', TargetKeyId: KeyId });
  const { CiphertextBlob } = await kms(cloud).encrypt({ KeyId, Plaintext: new Uint8Array([1]) });
  await cloud.flush();

  // The same records as the first version wrote them.
  const { records } = await original.load();
  const { moduleId } = await hsm.view();
  const changes = records.flatMap(({ table, key, value }): Change[] => {
    if (table === 'kms.aliases-by-key' || table === 'kms.last-usage' || table === 'cloud.clock') return [];
    const after =
      table === 'kms.keys' ? firstKey(value) : table === 'cloud' ? { domainKeyId: moduleId, time: 0 } : value;
    return [{ table, key, before: undefined, after }];
  });
  const adapter = memoryAdapter();
  await adapter.append({ sequence: 1, time: 0, requestIds: ['old'], changes }, 'strict');

  const migrated = await openCloud({ adapter, hsm, ...platform });
  onTestFinished(() => migrated.close());
  const client = kms(migrated);
  expect((await client.decrypt({ CiphertextBlob: CiphertextBlob! })).Plaintext).toEqual(new Uint8Array([1]));
  expect((await client.describeKey({ KeyId: 'alias/old' })).KeyMetadata).toMatchObject({
    KeyId,
    Description: 'old',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
  });
  expect((await client.listAliases({ KeyId })).Aliases?.map(({ AliasName }) => AliasName)).toEqual([
    'alias/old',
  ]);
});

function firstKey(value: unknown): unknown {
  const record = value as Record<string, unknown> & { materials: { id: string }[] };
  const kept = Object.fromEntries(Object.entries(record).filter(([name]) => !since.includes(name)));
  return { ...kept, currentMaterialId: record.materials[0]!.id };
}
