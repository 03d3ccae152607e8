import { describe, expect, it } from 'vitest';
import type { Hsm } from '../../src/engine/hsm/hsm.ts';
import type { VaultAdapter } from '../../src/engine/vault/adapter.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { VaultError } from '../../src/engine/vault/vault.ts';
import { openStorage } from '../../src/workers/storage.ts';
import { reportingTrouble } from '../../src/workers/trouble.ts';

const durable = (): VaultAdapter & { isClosed: boolean } => {
  const adapter = { ...memoryAdapter(), durability: 'durable' as const, isClosed: false };
  return Object.assign(adapter, { close: () => (adapter.isClosed = true) });
};
const hsm = { view: () => Promise.reject(new Error('not asked for here')) } as Partial<Hsm> as Hsm;
const missing = () => Promise.reject(new VaultError('There is no IndexedDB.'));

describe('the storage of vault and module', () => {
  it('is IndexedDB for both where both open', async () => {
    const adapter = durable();
    const asked: string[] = [];
    const storage = await openStorage(
      () => Promise.resolve(adapter),
      (kind) => (asked.push(kind), Promise.resolve(hsm)),
    );
    expect(storage).toEqual({ adapter, hsm });
    expect(asked).toEqual(['indexeddb']);
  });

  it('is memory for both where neither opens', async () => {
    const asked: string[] = [];
    const { adapter } = await openStorage(missing, (kind) => {
      asked.push(kind);
      return kind === 'memory' ? Promise.resolve(hsm) : missing();
    });
    expect(adapter.durability).toBe('memory');
    expect(asked).toEqual(['indexeddb', 'memory']);
  });

  it('is refused where only one opens, which is let go again', async () => {
    const adapter = durable();
    const withoutModule = openStorage(() => Promise.resolve(adapter), missing);
    await expect(withoutModule).rejects.toThrow(/module could not open its own: There is no IndexedDB\./);
    expect(adapter.isClosed).toBe(true);
    const withoutVault = openStorage(missing, () => Promise.resolve(hsm));
    await expect(withoutVault).rejects.toThrow(
      /storage layer could not open its own: There is no IndexedDB\./,
    );
  });
});

describe('an adapter that reports trouble', () => {
  it('tells the learner’s message of each failure, and that it works again', async () => {
    const inner = memoryAdapter();
    let isFull = true;
    const told: (string | undefined)[] = [];
    const append: VaultAdapter['append'] = (...given) =>
      isFull ? Promise.reject(new DOMException('', 'QuotaExceededError')) : inner.append(...given);
    const adapter = reportingTrouble({ ...inner, append }, (message) => void told.push(message));
    const commit = { sequence: 1, time: 0, requestIds: [], changes: [] };
    await expect(adapter.append(commit, 'strict')).rejects.toMatchObject({ failure: 'quota' });
    isFull = false;
    await adapter.append(commit, 'strict');
    expect(told).toEqual([expect.stringContaining('no room left'), undefined]);
  });
});
