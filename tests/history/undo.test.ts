import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import { memoryTraces } from '../../src/engine/look/traces.ts';
import { abroad, day, inRegion, start, stillWorld, type World } from '../kms/life.ts';
import { importInto } from '../kms/importing.ts';
import { newKey, refusal } from '../kms/support.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const now = async (cloud: Cloud) => {
  await cloud.flush();
  return (await cloud.view()).sequence;
};
const undo = (cloud: Cloud, sequence: number) => cloud.operate({ act: 'UndoTo', sequence });
const keyNow = (cloud: Cloud, keyArn: string) => cloud.look<'key'>({ name: 'key', query: { keyArn } });
const stateOf = async (cloud: Cloud, keyArn: string) => (await keyNow(cloud, keyArn))?.state;
const world = (): Promise<World> => stillWorld({ traces: memoryTraces() });

describe('undo', () => {
  it('puts everything back but the time line and the audit trail', async () => {
    const { cloud, ada } = await world();
    const keyArn = await newKey(ada);
    await ada.createAlias({ AliasName: 'alias/a', TargetKeyId: keyArn });
    const then = await now(cloud);
    const before = await cloud.look<'keys'>({ name: 'keys', query: {} });
    const { total } = await cloud.look<'moments'>({ name: 'moments', query: {} });
    await ada.disableKey({ KeyId: keyArn });
    await ada.deleteAlias({ AliasName: 'alias/a' });
    const other = await newKey(ada);
    await ada.updateKeyDescription({ KeyId: other, Description: 'x' });
    const report = await undo(cloud, then);
    expect(report.lostForEver ?? []).toEqual([]);
    expect(report.summary).toContain(String(then));
    expect(await cloud.look<'keys'>({ name: 'keys', query: {} })).toEqual(before);
    expect(await keyNow(cloud, other)).toBeNull();
    expect((await cloud.view()).zones.map(({ tokens }) => tokens)).toEqual([1, 1, 1]);
    const line = await cloud.look<'moments'>({ name: 'moments', query: {} });
    expect(line.total).toBe(total + 5);
    expect(line.moments.at(-1)).toMatchObject({ kind: 'operator', name: 'UndoTo' });
    const { requestId = '' } = line.moments.find(({ name }) => name === 'DisableKey')!;
    expect(await cloud.look<'audit'>({ name: 'audit', query: { requestId } })).not.toBeNull();
    // It is a key like any other.
    await ada.encrypt({ KeyId: 'alias/a', Plaintext: bytes('x') });
  });

  it('can be undone, new keys and all', async () => {
    const { cloud, ada } = await world();
    const first = await newKey(ada);
    const then = await now(cloud);
    const second = await newKey(ada);
    const { CiphertextBlob } = await ada.encrypt({ KeyId: second, Plaintext: bytes('kept') });
    await ada.disableKey({ KeyId: first });
    const later = await now(cloud);
    await undo(cloud, then);
    expect((await refusal(ada.decrypt({ CiphertextBlob: CiphertextBlob! }))).name).not.toBe('');
    await undo(cloud, later);
    expect(await stateOf(cloud, first)).toBe('Disabled');
    const { Plaintext } = await ada.decrypt({ CiphertextBlob: CiphertextBlob! });
    expect(new TextDecoder().decode(Plaintext)).toBe('kept');
  });

  it('puts the clock back, so that what was due is due again', async () => {
    const { cloud, ada, pass } = await world();
    const keyArn = await newKey(ada);
    await ada.enableKeyRotation({ KeyId: keyArn });
    const then = await now(cloud);
    await pass(400 * day);
    expect((await keyNow(cloud, keyArn))?.materials).toHaveLength(2);
    await undo(cloud, then);
    expect(cloud.clock.now()).toBe(start);
    const key = await keyNow(cloud, keyArn);
    expect(key?.materials).toHaveLength(1);
    expect(key?.upcoming).toMatchObject([{ kind: 'AutomaticRotation', time: start + 365 * day }]);
    await pass(365 * day);
    expect((await keyNow(cloud, keyArn))?.materials).toHaveLength(2);
  });

  it('cannot bring back a key whose sealed keys were shredded, and says why', async () => {
    const { cloud, ada, pass } = await world();
    const keyArn = await newKey(ada);
    await ada.createAlias({ AliasName: 'alias/a', TargetKeyId: keyArn });
    await ada.createGrant({
      KeyId: keyArn,
      GranteePrincipal: 'arn:aws:iam::111122223333:user/Gus',
      Operations: ['Decrypt'],
    });
    await ada.enableKeyRotation({ KeyId: keyArn });
    const other = await newKey(ada, { Description: 'stays' });
    const then = await now(cloud);
    await ada.scheduleKeyDeletion({ KeyId: keyArn, PendingWindowInDays: 7 });
    await pass(8 * day);
    await ada.updateKeyDescription({ KeyId: other, Description: 'changed' });
    const { lostForEver } = await undo(cloud, then);
    expect(lostForEver).toEqual([{ keyArn, why: expect.stringContaining('shredded') as string }]);
    expect(await keyNow(cloud, keyArn)).toBeNull();
    const lines = await cloud.look<'keys'>({ name: 'keys', query: {} });
    expect(lines.map(({ description }) => description)).toEqual(['stays']);
    const upcoming = await cloud.look<'upcoming'>({ name: 'upcoming', query: {} });
    expect(upcoming.filter((event) => event.keyArn === keyArn)).toEqual([]);
    expect((await ada.listAliases({ KeyId: other })).Aliases).toEqual([]);
    expect((await refusal(ada.describeKey({ KeyId: 'alias/a' }))).name).toBe('NotFoundException');
    // While it only waited for its deletion, it can be brought back.
    const waiting = await now(cloud);
    await ada.scheduleKeyDeletion({ KeyId: other, PendingWindowInDays: 7 });
    await undo(cloud, waiting);
    expect(await stateOf(cloud, other)).toBe('Enabled');
    await pass(10 * day);
    expect(await stateOf(cloud, other)).toBe('Enabled');
  });

  it('brings back imported material that is gone as what waits for its import', async () => {
    const { cloud, ada, pass } = await world();
    const keyArn = await newKey(ada, { Origin: 'EXTERNAL' });
    const material = new Uint8Array(32).fill(7);
    await importInto(ada, keyArn, material, {
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
      ValidTo: new Date(start + 5 * day),
    });
    const then = await now(cloud);
    await pass(6 * day);
    expect(await stateOf(cloud, keyArn)).toBe('PendingImport');
    const { lostForEver } = await undo(cloud, then);
    expect(lostForEver).toEqual([{ keyArn, why: expect.stringContaining('imported again') as string }]);
    const key = await keyNow(cloud, keyArn);
    expect(key).toMatchObject({ state: 'PendingImport', upcoming: [] });
    expect(key!.materials).toMatchObject([{ imported: { state: 'PENDING_IMPORT' } }]);
    await importInto(ada, keyArn, material);
    const ready = await now(cloud);
    await ada.deleteImportedKeyMaterial({ KeyId: keyArn });
    await importInto(ada, keyArn, material);
    expect((await undo(cloud, ready)).lostForEver ?? []).toEqual([]);
    await ada.encrypt({ KeyId: keyArn, Plaintext: bytes('x') });
  });

  it('lets a family agree when one of it is lost', async () => {
    const { cloud, ada, adaAbroad, pass } = await world();
    const primary = await newKey(ada, { MultiRegion: true });
    const replica = inRegion(primary, abroad);
    await ada.replicateKey({ KeyId: primary, ReplicaRegion: abroad });
    await pass(5000);
    const then = await now(cloud);
    // The replica becomes the primary key, and the old one is deleted.
    await ada.updatePrimaryRegion({ KeyId: primary, PrimaryRegion: abroad });
    await pass(60_000);
    await ada.scheduleKeyDeletion({ KeyId: primary, PendingWindowInDays: 7 });
    await pass(8 * day);
    const { lostForEver } = await undo(cloud, then);
    expect(lostForEver).toMatchObject([{ keyArn: primary }]);
    expect((await keyNow(cloud, replica))?.multiRegion).toEqual({
      type: 'PRIMARY',
      primaryRegion: abroad,
      replicaRegions: [],
    });
    await adaAbroad.encrypt({ KeyId: replica, Plaintext: bytes('x') });
    await adaAbroad.replicateKey({ KeyId: replica, ReplicaRegion: 'us-east-1' });
    await pass(5000);
    await ada.encrypt({ KeyId: primary, Plaintext: bytes('x') });
  });

  it('goes only as far as there is something to go back to', async () => {
    const { cloud, ada } = await world();
    await newKey(ada);
    const last = await now(cloud);
    await expect(undo(cloud, last + 10)).rejects.toThrow(/not happened/);
    await expect(undo(cloud, 0)).rejects.toThrow(/too long ago/);
    await expect(undo(cloud, 1)).rejects.toThrow(/founded/);
    expect((await undo(cloud, last)).summary).toMatch(/^Nothing has happened/);
  });
});
