/**
 * Random programs run at the same time, in random interleavings, on a storage that fails at random. Whatever
 * happened must be what a naive model gives when it runs the committed programs one after the other, in the order
 * of the journal.
 */
import 'fake-indexeddb/auto';
import fc, { type Scheduler } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import type { Commit, VaultAdapter } from '../../src/engine/vault/adapter.ts';
import { indexedDbAdapter } from '../../src/engine/vault/indexeddb.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { openVault } from '../../src/engine/vault/open-vault.ts';
import {
  table,
  VaultError,
  type Range,
  type Reader,
  type Table,
  type Transaction,
} from '../../src/engine/vault/vault.ts';

const items = table<string>('items');
const trail = table<string>('trail');

type Step =
  | { kind: 'get' | 'put' | 'delete'; of: typeof items; key: string }
  | { kind: 'list'; prefix?: string; after?: string; limit?: number }
  | { kind: 'count'; prefix?: string }
  /** Lets others go first. */
  | { kind: 'wait' };

type Program =
  | { kind: 'transact'; steps: Step[] }
  /** Takes effect at once, is stored later. */
  | { kind: 'later'; key: string };

const key = fc.constantFrom('a', 'b', 'ba', 'bb', 'c');
const range = fc.record(
  { prefix: fc.constantFrom('b', 'x'), after: key, limit: fc.integer({ min: 1, max: 3 }) },
  { requiredKeys: [] },
);
const read: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('get' as const), of: fc.constant(items), key }),
  range.map((given) => ({ kind: 'list' as const, ...given })),
  range.map(({ prefix }) => ({ kind: 'count' as const, ...(prefix !== undefined && { prefix }) })),
  fc.constant<Step>({ kind: 'wait' }),
);
const write: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('put' as const, 'put' as const, 'delete' as const, 'get' as const),
  of: fc.constantFrom(items, items, trail),
  key,
});
const program: fc.Arbitrary<Program> = fc.oneof(
  fc.record({
    kind: fc.constant('transact' as const),
    steps: fc.array(fc.oneof(read, write), { maxLength: 6 }),
  }),
  fc.record({ kind: fc.constant('transact' as const), steps: fc.array(read, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('later' as const), key }),
);

/** One step; what it saw is added to `seen`, and what it puts depends on all that was seen. */
function perform(step: Step, id: string, seen: string[], transaction: Transaction): void {
  switch (step.kind) {
    case 'get':
      seen.push(String(transaction.get(step.of, step.key)));
      break;
    case 'list':
      seen.push(JSON.stringify(transaction.list(items, step)));
      break;
    case 'count':
      seen.push(String(transaction.count(items, step.prefix)));
      break;
    case 'put':
      transaction.put(step.of, step.key, `${id} saw ${digest(seen)}`);
      break;
    case 'delete':
      transaction.delete(step.of, step.key);
      break;
    case 'wait':
      break;
  }
}

/** Short, and different for different things seen. */
function digest(seen: string[]): string {
  let sum = 0;
  for (const character of seen.join('\n')) sum = (sum * 31 + character.codePointAt(0)!) >>> 0;
  return sum.toString(16);
}

/** The naive model: all tables in one map, sorted anew for each question. */
class Model implements Transaction {
  readonly state: Map<string, unknown>;

  constructor(state: Iterable<readonly [string, unknown]> = []) {
    this.state = new Map(state);
  }

  get<Value>({ name }: Table<Value>, itsKey: string): Value | undefined {
    return this.state.get(`${name}/${itsKey}`) as Value | undefined;
  }

  list<Value>({ name }: Table<Value>, given: Range = {}): { key: string; value: Value }[] {
    const all = [...this.state]
      .filter(([id]) => id.startsWith(`${name}/`))
      .map(([id, value]) => ({ key: id.slice(name.length + 1), value: value as Value }))
      .filter((each) => each.key.startsWith(given.prefix ?? ''))
      .filter((each) => given.after === undefined || each.key > given.after)
      .sort((one, other) => (one.key < other.key ? -1 : 1));
    return all.slice(0, given.limit ?? all.length);
  }

  count(of: { name: string }, prefix = ''): number {
    return this.list(of, { prefix }).length;
  }

  put({ name }: { name: string }, itsKey: string, value: unknown): void {
    this.state.set(`${name}/${itsKey}`, value);
  }

  delete({ name }: { name: string }, itsKey: string): void {
    this.state.delete(`${name}/${itsKey}`);
  }

  shred(of: { name: string }, itsKey: string): void {
    this.delete(of, itsKey);
  }
}

interface Outcome {
  id: string;
  program: Program;
  /** What the program saw, if it came to its end. */
  seen?: string[];
  error?: unknown;
}

/** Runs all programs at once on a vault whose storage fails at the given appends. */
async function runAll(
  scheduler: Scheduler,
  adapter: VaultAdapter,
  programs: Program[],
  failures: boolean[],
): Promise<{ outcomes: Outcome[]; journal: Commit[] }> {
  let appends = 0;
  const failing: VaultAdapter = {
    ...adapter,
    async append(commit, promptness) {
      await scheduler.schedule(Promise.resolve(), 'append');
      if (failures[appends++]) throw new DOMException('full', 'QuotaExceededError');
      await adapter.append(commit, promptness);
    },
  };
  const vault = await openVault({ adapter: failing, clock: manualClock(0) });
  const running = programs.map(async (each, index): Promise<Outcome> => {
    const id = `p${index}`;
    await scheduler.schedule(Promise.resolve(), id);
    if (each.kind === 'later') {
      vault.addLater(id, trail, each.key, id);
      return { id, program: each };
    }
    try {
      const seen = await vault.transact(id, async (transaction) => {
        const soFar: string[] = [];
        for (const step of each.steps) {
          if (step.kind === 'wait') await scheduler.schedule(Promise.resolve(), `${id} waits`);
          else perform(step, id, soFar, transaction);
        }
        return soFar;
      });
      return { id, program: each, seen };
    } catch (error) {
      return { id, program: each, error };
    }
  });
  const outcomes = await scheduler.waitFor(Promise.all(running));
  failures.length = 0;
  await scheduler.waitFor(vault.flush());
  expect(contents(vault)).toEqual(contents(await openVault({ adapter, clock: manualClock(0) })));
  const journal = await vault.journal(0);
  await vault.close();
  return { outcomes, journal };
}

const contents = (reader: Reader) => [reader.list(items), reader.list(trail)];

/** The states between the commits, from the empty one on. Checks each commit against the model on the way. */
function replay(journal: Commit[], outcomes: Outcome[]): Model[] {
  const states = [new Model()];
  journal.forEach(({ sequence, requestIds, changes }, index) => {
    expect(sequence).toBe(index + 1);
    const before = states[index]!;
    const after = new Model(before.state);
    for (const id of requestIds) {
      const { program: its, seen } = outcomes.find((outcome) => outcome.id === id)!;
      if (its.kind === 'later') {
        after.put(trail, its.key, id);
        continue;
      }
      const seenNow: string[] = [];
      for (const step of its.steps) perform(step, id, seenNow, after);
      expect(seenNow, `${id} saw the state before its commit`).toEqual(seen);
    }
    const applied = new Map(before.state);
    for (const change of changes) {
      const id = `${change.table}/${change.key}`;
      expect(change.before, 'the before-image').toEqual(before.state.get(id));
      if (change.after === undefined) applied.delete(id);
      else applied.set(id, change.after);
    }
    expect([...applied].sort()).toEqual([...after.state].sort());
    states.push(after);
  });
  return states;
}

const storages: { kind: string; runs: number; make: () => Promise<VaultAdapter> }[] = [
  { kind: 'memory', runs: 500, make: () => Promise.resolve(memoryAdapter()) },
  { kind: 'IndexedDB', runs: 60, make: () => indexedDbAdapter(crypto.randomUUID()) },
];

describe.each(storages)('transactions on $kind', ({ runs, make }) => {
  it('are as if one had run after the other, whatever fails, and can be undone to the beginning', async () => {
    const property = fc.asyncProperty(
      fc.scheduler(),
      fc.array(program, { minLength: 1, maxLength: 8 }),
      fc.array(fc.boolean(), { maxLength: 4 }),
      async (scheduler, programs, failures) => {
        const adapter = await make();
        const { outcomes, journal } = await runAll(scheduler, adapter, programs, [...failures]);
        const states = replay(journal, outcomes);

        const committed = new Set(journal.flatMap(({ requestIds }) => requestIds));
        for (const { id, program: its, seen, error } of outcomes) {
          if (error !== undefined) {
            expect(error).toBeInstanceOf(VaultError);
            expect(committed).not.toContain(id);
          } else if (
            its.kind === 'transact' &&
            !its.steps.some(({ kind }) => kind === 'put' || kind === 'delete')
          ) {
            const possible = states.map((state) => {
              const seenThere: string[] = [];
              for (const step of its.steps) perform(step, id, seenThere, new Model(state.state));
              return seenThere.join();
            });
            if (!readsTrail(its.steps)) expect(possible).toContain(seen?.join());
          } else if (its.kind === 'transact' && its.steps.some(({ kind }) => kind === 'put')) {
            const wrote = its.steps.filter(({ kind }) => kind === 'put' || kind === 'delete').at(-1);
            if (wrote?.kind === 'put') expect(committed).toContain(id);
          }
        }

        const undone = new Map(states.at(-1)!.state);
        for (const { changes } of journal.toReversed()) {
          for (const change of changes) {
            const id = `${change.table}/${change.key}`;
            if (change.before === undefined) undone.delete(id);
            else undone.set(id, change.before);
          }
        }
        expect(undone.size).toBe(0);
      },
    );
    await fc.assert(property, { numRuns: runs });
  }, 120_000);
});

/** Records of the trail can be read before they are stored, so they may be seen between two commits. */
function readsTrail(steps: Step[]): boolean {
  return steps.some((step) => step.kind === 'get' && step.of === trail);
}
