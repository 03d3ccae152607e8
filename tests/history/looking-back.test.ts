import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import { day, stillWorld } from '../kms/life.ts';
import { newKey, refusal } from '../kms/support.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const sequence = async (cloud: Cloud) => (await cloud.view()).sequence;
const keyAt = (cloud: Cloud, keyArn: string, at?: number) =>
  cloud.look<'key'>({ name: 'key', query: { keyArn, ...(at !== undefined && { at }) } });
const everything = async (cloud: Cloud, keyArn: string, at?: number) => {
  const query = at === undefined ? {} : { at };
  return {
    keys: await cloud.look<'keys'>({ name: 'keys', query }),
    key: await keyAt(cloud, keyArn, at),
    storage: await cloud.look<'storage'>({ name: 'storage', query }),
  };
};

describe('looking back', () => {
  it('shows what was seen then, whichever way one goes', async () => {
    const { cloud, ada, pass } = await stillWorld();
    const keyArn = await newKey(ada);
    const seen = new Map<number, Awaited<ReturnType<typeof everything>>>();
    const note = async () => {
      await cloud.flush();
      seen.set(await sequence(cloud), await everything(cloud, keyArn));
    };
    await note();
    await ada.encrypt({ KeyId: keyArn, Plaintext: bytes('x') });
    await note();
    await ada.enableKeyRotation({ KeyId: keyArn });
    await ada.createAlias({ AliasName: 'alias/a', TargetKeyId: keyArn });
    await note();
    // So many that the way is a long one.
    for (let count = 0; count < 40; count++) {
      await ada.tagResource({ KeyId: keyArn, Tags: [{ TagKey: 'n', TagValue: String(count) }] });
    }
    await newKey(ada, { Description: 'another' });
    await note();
    await pass(366 * day);
    await ada.disableKey({ KeyId: keyArn });
    await note();
    const times = [...seen.keys()];
    for (const at of [...times, ...times.toReversed(), times[2]!, times[0]!, times[3]!]) {
      expect(await everything(cloud, keyArn, at)).toEqual(seen.get(at));
    }
    // At the same time, none in the other's way.
    const both = await Promise.all(times.map((at) => everything(cloud, keyArn, at)));
    expect(both).toEqual([...seen.values()]);
    expect(await cloud.look<'keys'>({ name: 'keys', query: { at: 1 } })).toEqual([]);
    expect(await keyAt(cloud, keyArn, 1)).toBeNull();
  });

  it('shows a key that has been deleted since, without the sealed keys that were shredded', async () => {
    const { cloud, ada, pass } = await stillWorld();
    const keyArn = await newKey(ada);
    const { CiphertextBlob: blob } = await ada.encrypt({ KeyId: keyArn, Plaintext: bytes('x') });
    await cloud.flush();
    const then = await sequence(cloud);
    expect((await keyAt(cloud, keyArn, then))?.shreddedSince).toBeUndefined();
    await ada.scheduleKeyDeletion({ KeyId: keyArn, PendingWindowInDays: 7 });
    expect((await keyAt(cloud, keyArn, then))?.shreddedSince).toBeUndefined();
    await pass(7 * day);
    const query = { name: 'KeyDeletion' };
    const { moments } = await cloud.look<'moments'>({ name: 'moments', query });
    await newKey(ada);
    expect(await keyAt(cloud, keyArn)).toBeNull();
    const back = await keyAt(cloud, keyArn, then);
    expect(back).toMatchObject({ state: 'Enabled', shreddedSince: { sequence: moments[0]!.sequence } });
    expect(back!.materials[0]!.copies.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing']);
    expect(await cloud.look<'blob'>({ name: 'blob', query: { blob: blob!, at: then } })).toMatchObject({
      keyArn,
      openable: false,
    });
    expect(await cloud.look<'storage'>({ name: 'storage', query: { at: then } })).toMatchObject({ lost: 1 });
    expect((await refusal(ada.decrypt({ CiphertextBlob: blob! }))).name).not.toBe('');
  });

  it('takes a time to come for now', async () => {
    const { cloud, ada } = await stillWorld();
    await newKey(ada);
    const lines = await cloud.look<'keys'>({ name: 'keys', query: { at: 1_000_000 } });
    expect(lines).toHaveLength(1);
  });
});
