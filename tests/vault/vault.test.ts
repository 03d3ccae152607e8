import { describe, expect, it, vi } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import type { VaultAdapter } from '../../src/engine/vault/adapter.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { openVault } from '../../src/engine/vault/open-vault.ts';
import { table, VaultError, type Vault } from '../../src/engine/vault/vault.ts';

interface Item {
  text: string;
}
const items = table<Item>('items');
const trail = table<Item>('trail');
const clock = manualClock(Date.UTC(2026, 9, 1));

const open = (adapter: VaultAdapter = memoryAdapter()): Promise<Vault> => openVault({ adapter, clock });

/** A promise and the means to settle it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** A memory adapter whose `append` can be made to fail or to wait. */
function troubledAdapter(): VaultAdapter & { fails: boolean; waits: Promise<void> | undefined } {
  const inner = memoryAdapter();
  const adapter = {
    ...inner,
    fails: false,
    waits: undefined as Promise<void> | undefined,
    async append(...[commit, promptness]: Parameters<VaultAdapter['append']>) {
      await adapter.waits;
      if (adapter.fails) throw new DOMException('full', 'QuotaExceededError');
      await inner.append(commit, promptness);
    },
  };
  return adapter;
}

describe('reading and writing', () => {
  it('shows a transaction its own writes, and nobody else before they are committed', async () => {
    const vault = await open();
    await vault.transact('r1', (t) => t.put(items, 'b', { text: 'stored' }));
    await vault.transact('r2', (t) => {
      t.put(items, 'a', { text: 'new' });
      t.put(items, 'c', { text: 'new' });
      t.delete(items, 'b');
      expect(t.get(items, 'a')).toEqual({ text: 'new' });
      expect(t.get(items, 'b')).toBeUndefined();
      expect(t.list(items).map(({ key }) => key)).toEqual(['a', 'c']);
      expect(t.count(items)).toBe(2);
      expect(vault.list(items).map(({ key }) => key)).toEqual(['b']);
    });
    expect(vault.list(items).map(({ key }) => key)).toEqual(['a', 'c']);
  });

  it('lists in the order of UTF-16 code units, by prefix, after a key, up to a limit', async () => {
    const vault = await open();
    const keys = ['k/2', 'k/10', 'k/1', 'j', 'l', 'k/\u{1f600}', 'k/\uffff', 'K/1'];
    await vault.transact('r', (t) => keys.forEach((key) => t.put(items, key, { text: key })));
    const listed = (range: Parameters<Vault['list']>[1]): string[] =>
      vault.list(items, range).map(({ key }) => key);
    expect(listed({})).toEqual([...keys].sort());
    expect(listed({ prefix: 'k/' })).toEqual(['k/1', 'k/10', 'k/2', 'k/\u{1f600}', 'k/\uffff']);
    expect(listed({ prefix: 'k/', after: 'k/10', limit: 2 })).toEqual(['k/2', 'k/\u{1f600}']);
    expect(listed({ after: 'zzz' })).toEqual([]);
    expect(listed({ prefix: 'k/', after: 'a' })).toHaveLength(5);
    expect(listed({ prefix: 'k/', after: 'k0' })).toEqual([]);
    expect(listed({ limit: 0 })).toEqual([]);
    expect(vault.count(items, 'k/')).toBe(5);
    expect(vault.count(items, 'nothing')).toBe(0);
  });

  it('refuses to put nothing, and refuses a transaction that has ended', async () => {
    const vault = await open();
    await expect(vault.transact('r', (t) => t.put(table('t'), 'k', undefined))).rejects.toThrow(TypeError);
    const ended = await vault.transact('r', (t) => ({ late: t }));
    expect(() => ended.late.put(items, 'k', { text: 'late' })).toThrow('has ended');
  });

  it('commits nothing for a transaction that wrote nothing, or deleted what was not there', async () => {
    const vault = await open();
    await vault.transact('r1', (t) => t.get(items, 'a'));
    await vault.transact('r2', (t) => t.delete(items, 'a'));
    expect(await vault.journal(0)).toEqual([]);
  });

  it('changes nothing when the work rejects, and passes its error on', async () => {
    const vault = await open();
    const failing = vault.transact('r', (t) => {
      t.put(items, 'a', { text: 'half' });
      throw new RangeError('no');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(vault.count(items)).toBe(0);
    expect(await vault.journal(0)).toEqual([]);
  });

  it('leaves no image of a shredded record in the journal, even of one that was deleted before', async () => {
    const vault = await open();
    await vault.transact('r1', (transaction) => {
      transaction.put(items, 'a', { text: 'secret a' });
      transaction.put(items, 'b', { text: 'secret b' });
      transaction.put(items, 'c', { text: 'open' });
    });
    await vault.transact('r2', (transaction) => transaction.delete(items, 'b'));
    vault.addLater('r3', items, 'a', { text: 'secret a, anew' });
    await vault.transact('r4', (transaction) => {
      transaction.shred(items, 'a');
      transaction.shred(items, 'b');
      transaction.delete(items, 'c');
    });
    expect(vault.list(items)).toEqual([]);
    const journal = await vault.journal(0);
    expect(JSON.stringify(journal)).not.toContain('secret');
    expect(journal.at(-1)?.changes).toContainEqual({
      table: 'items',
      key: 'c',
      before: { text: 'open' },
      after: undefined,
    });
  });

  it('journals who changed what, with what stood there before', async () => {
    const vault = await open();
    await vault.transact('r1', (t) => t.put(items, 'a', { text: '1' }));
    await vault.transact('r2', (t) => t.put(items, 'a', { text: '2' }));
    await vault.transact('r3', (t) => t.delete(items, 'a'));
    expect(await vault.journal(1)).toEqual([
      {
        sequence: 2,
        time: clock.now(),
        requestIds: ['r2'],
        changes: [{ table: 'items', key: 'a', before: { text: '1' }, after: { text: '2' } }],
      },
      {
        sequence: 3,
        time: clock.now(),
        requestIds: ['r3'],
        changes: [{ table: 'items', key: 'a', before: { text: '2' }, after: undefined }],
      },
    ]);
  });
});

describe('conflicts', () => {
  const increment = async (vault: Vault, wait: Promise<void>): Promise<number> => {
    let runs = 0;
    await vault.transact('r', async (t) => {
      runs++;
      const before = t.get(items, 'n')?.text ?? '0';
      await wait;
      t.put(items, 'n', { text: String(Number(before) + 1) });
    });
    return runs;
  };

  it('runs the work again when what it read has changed, so no increment is lost', async () => {
    const vault = await open();
    const { opened, open: start } = gate();
    const all = Array.from({ length: 20 }, () => increment(vault, opened));
    start();
    const runs = await Promise.all(all);
    expect(vault.get(items, 'n')).toEqual({ text: '20' });
    expect(Math.max(...runs)).toBeGreaterThan(1);
    expect((await vault.journal(0)).map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  it.each<{
    title: string;
    read: (t: Vault | Parameters<Parameters<Vault['transact']>[1]>[0]) => void;
    runs: number;
  }>([
    { title: 'a record that was absent', read: (t) => t.get(items, 'new'), runs: 2 },
    { title: 'another record', read: (t) => t.get(items, 'old'), runs: 1 },
    { title: 'a list that would hold it', read: (t) => t.list(items), runs: 2 },
    { title: 'a list of another prefix', read: (t) => t.list(items, { prefix: 'o' }), runs: 1 },
    { title: 'a page that ends before it', read: (t) => t.list(items, { limit: 1 }), runs: 1 },
    { title: 'a page that is not full', read: (t) => t.list(items, { limit: 3 }), runs: 2 },
    { title: 'a list that begins after it', read: (t) => t.list(items, { after: 'new' }), runs: 1 },
    { title: 'the count', read: (t) => t.count(items), runs: 2 },
    { title: 'the count of another prefix', read: (t) => t.count(items, 'o'), runs: 1 },
    { title: 'another table', read: (t) => t.list(trail), runs: 1 },
  ])('$title, read before another commit adds one: $runs run(s)', async ({ read, runs }) => {
    const vault = await open();
    await vault.transact('r', (t) => {
      t.put(items, 'a', { text: '' });
      t.put(items, 'old', { text: '' });
    });
    let counted = 0;
    await vault.transact('r', async (t) => {
      read(t);
      if (counted++ === 0) await vault.transact('other', (o) => o.put(items, 'new', { text: '' }));
      t.put(trail, 'done', { text: '' });
    });
    expect(counted).toBe(runs);
  });

  it('does not mind that a counted record changed its value', async () => {
    const vault = await open();
    await vault.transact('r', (t) => t.put(items, 'a', { text: '1' }));
    let counted = 0;
    await vault.transact('r', async (t) => {
      t.count(items);
      if (counted++ === 0) await vault.transact('other', (o) => o.put(items, 'a', { text: '2' }));
      t.put(trail, 'done', { text: '' });
    });
    expect(counted).toBe(1);
  });

  it('never lets work fail or answer on a state that was never true', async () => {
    const vault = await open();
    const both = (text: string) =>
      vault.transact('w', (t) => {
        t.put(items, 'x', { text });
        t.put(items, 'y', { text });
      });
    await both('1');
    let isFirst = true;
    const seen = await vault.transact('r', async (t) => {
      const x = t.get(items, 'x')?.text;
      if (isFirst) {
        isFirst = false;
        await both('2');
      }
      const y = t.get(items, 'y')?.text;
      if (x !== y) throw new Error('torn');
      return [x, y];
    });
    expect(seen).toEqual(['2', '2']);
  });

  it('does not repeat work that only read, before the change', async () => {
    const vault = await open();
    let runs = 0;
    await vault.transact('r', async (t) => {
      runs++;
      t.get(items, 'x');
      await vault.transact('w', (o) => o.put(items, 'x', { text: String(runs) }));
    });
    expect(runs).toBe(1);
  });

  it('lets slow work finish although quick commits keep overtaking it', async () => {
    const vault = await open();
    let runs = 0;
    const overtaking: Promise<unknown>[] = [];
    await vault.transact('slow', async (t) => {
      runs++;
      t.get(items, 'n');
      const overtake = vault.transact('quick', (o) => o.put(items, 'n', { text: String(runs) }));
      overtaking.push(overtake);
      await new Promise((resolve) => setTimeout(resolve, 5));
      t.put(trail, 'slow', { text: 'done' });
    });
    await Promise.all(overtaking);
    expect(vault.get(trail, 'slow')).toEqual({ text: 'done' });
    expect(runs).toBe(4);
  });
});

describe('deferred records', () => {
  it('can be read at once and are stored together within 250 ms', async () => {
    vi.useFakeTimers();
    try {
      const vault = await open();
      vault.addLater('r1', trail, '1', { text: 'one' });
      vault.addLater('r2', trail, '2', { text: 'two' });
      expect(vault.count(trail)).toBe(2);
      expect(await vault.journal(0)).toEqual([]);
      await vi.advanceTimersByTimeAsync(250);
      const journal = await vault.journal(0);
      expect(journal.map(({ requestIds }) => requestIds)).toEqual([['r1', 'r2']]);
      expect(journal[0]?.changes).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('go with the next commit', async () => {
    const vault = await open();
    vault.addLater('r1', trail, '1', { text: 'one' });
    await vault.transact('r2', (t) => t.put(items, 'a', { text: 'a' }));
    await vault.flush();
    expect((await vault.journal(0)).map(({ requestIds }) => requestIds)).toEqual([['r1', 'r2']]);
  });

  it('are stored when the vault closes', async () => {
    const adapter = memoryAdapter();
    const vault = await open(adapter);
    vault.addLater('r1', trail, '1', { text: 'one' });
    await vault.close();
    expect((await open(adapter)).get(trail, '1')).toEqual({ text: 'one' });
    await expect(vault.transact('r', (t) => t.put(items, 'a', { text: '' }))).rejects.toMatchObject({
      failure: 'closed',
    });
  });

  it('win over a commit that was already on its way when they came', async () => {
    const adapter = troubledAdapter();
    const vault = await open(adapter);
    const { opened, open: proceed } = gate();
    adapter.waits = opened;
    const writing = vault.transact('r1', (t) => t.put(items, 'a', { text: 'first' }));
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    vault.addLater('r2', items, 'a', { text: 'second' });
    proceed();
    await writing;
    await vault.flush();
    expect(vault.get(items, 'a')).toEqual({ text: 'second' });
    expect((await open(adapter)).get(items, 'a')).toEqual({ text: 'second' });
    expect((await vault.journal(1))[0]?.changes[0]?.before).toEqual({ text: 'first' });
  });
});

describe('a storage that fails', () => {
  it('rejects a mutation with a message for the learner and keeps everything as it was', async () => {
    const adapter = troubledAdapter();
    const vault = await open(adapter);
    await vault.transact('r1', (t) => t.put(items, 'a', { text: 'kept' }));
    adapter.fails = true;
    const failing = vault.transact('r2', (t) => t.put(items, 'a', { text: 'lost' }));
    await expect(failing).rejects.toThrow(VaultError);
    await expect(failing).rejects.toThrow(/no room left/);
    expect(vault.get(items, 'a')).toEqual({ text: 'kept' });
    adapter.fails = false;
    await vault.transact('r3', (t) => t.put(items, 'a', { text: 'again' }));
    expect((await vault.journal(0)).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('keeps deferred records, tells who flushes, and stores them with the next commit', async () => {
    vi.useFakeTimers();
    try {
      const adapter = troubledAdapter();
      const vault = await open(adapter);
      adapter.fails = true;
      vault.addLater('r1', trail, '1', { text: 'one' });
      await vi.advanceTimersByTimeAsync(250);
      expect(vault.get(trail, '1')).toEqual({ text: 'one' });
      await expect(vault.flush()).rejects.toMatchObject({ failure: 'quota' });
      adapter.fails = false;
      await vault.transact('r2', (t) => t.put(items, 'a', { text: 'a' }));
      expect((await open(adapter)).get(trail, '1')).toEqual({ text: 'one' });
      expect((await vault.journal(0)).map(({ requestIds }) => requestIds)).toEqual([['r1', 'r2']]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('notices that another vault writes to the same storage', async () => {
    const adapter = memoryAdapter();
    const [one, other] = [await open(adapter), await open(adapter)];
    await one.transact('r1', (t) => t.put(items, 'a', { text: 'one' }));
    const late = other.transact('r2', (t) => t.put(items, 'a', { text: 'other' }));
    await expect(late).rejects.toMatchObject({ failure: 'replaced' });
    expect((await open(adapter)).get(items, 'a')).toEqual({ text: 'one' });
  });
});

describe('clearing', () => {
  it('forgets all, lets work under way begin again, and starts the journal anew', async () => {
    const adapter = memoryAdapter();
    const vault = await open(adapter);
    await vault.transact('r', (t) => t.put(items, 'a', { text: 'old' }));
    vault.addLater('r', trail, '1', { text: 'old' });
    let clearing: Promise<void> | undefined;
    const seen = await vault.transact('r', async (t) => {
      const text = t.get(items, 'a')?.text;
      clearing ??= vault.clear();
      await clearing;
      t.put(items, 'b', { text: 'new' });
      return text;
    });
    expect(seen).toBeUndefined();
    expect(vault.list(items).map(({ key }) => key)).toEqual(['b']);
    expect(vault.count(trail)).toBe(0);
    expect((await vault.journal(0)).map(({ sequence }) => sequence)).toEqual([1]);
  });
});
