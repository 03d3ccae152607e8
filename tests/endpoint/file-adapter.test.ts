import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fileAdapter, type FileAdapter } from '../../src/endpoint/storage/file-adapter.ts';
import { sealedLine } from '../../src/endpoint/storage/lines.ts';
import { lock } from '../../src/endpoint/storage/lock.ts';
import { fromJson, toJson } from '../../src/engine/backup/plain-json.ts';
import { journalLength, type Commit } from '../../src/engine/vault/adapter.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function open(directory: string): Promise<FileAdapter> {
  const adapter = await fileAdapter(directory);
  onTestFinished(() => adapter.close());
  return adapter;
}

function put(sequence: number, key: string, after: unknown): Commit {
  return { sequence, time: 0, requestIds: [], changes: [{ table: 't', key, before: undefined, after }] };
}

/** A directory with three commits in it, and the log's path. */
async function threeCommits() {
  const directory = join(await temporaryDirectory(), 'vault');
  const adapter = await open(directory);
  for (let sequence = 1; sequence <= 3; sequence++) {
    await adapter.append(put(sequence, `k${sequence}`, `value ${sequence}`), 'strict');
  }
  return { directory, log: join(directory, 'log-0.jsonl') };
}

describe('records that take the place of all others', () => {
  const records = [{ table: 't', key: 'new', value: 1 }];
  const first: Commit = { sequence: 1, time: 0, requestIds: ['restore'], changes: [] };

  test('are there after a crash once the old directory has gone, and not before', async () => {
    const { directory } = await threeCommits();
    const ready = join(await temporaryDirectory(), 'vault');
    await (await open(ready)).replace(records, first);

    // Cut off while the new directory is being written, …
    await cp(ready, `${directory}.next`, { recursive: true });
    await rm(join(`${directory}.next`, 'log-0.jsonl'));
    expect((await (await open(directory)).load()).sequence).toBe(3);
    expect(await readdir(dirname(directory))).not.toContain('vault.next');

    // … and when the old one has been put aside.
    await cp(ready, `${directory}.next`, { recursive: true });
    await rename(directory, `${directory}.old`);
    expect(await (await open(directory)).load()).toEqual({ records, sequence: 1 });
    expect(await readdir(dirname(directory))).not.toContain('vault.old');
  });
});

describe('a log on disk', () => {
  test('that breaks off at any byte loses the commit that was being written, and no other', async () => {
    const { directory, log } = await threeCommits();
    const whole = await readFile(log);
    const [, second = 0] = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1);
    for (const size of [second, second + 1, second + 9, whole.length - 2, whole.length - 1]) {
      await writeFile(log, whole.subarray(0, size));
      const adapter = await open(directory);
      expect(await adapter.load()).toMatchObject({ records: [{ key: 'k1' }, { key: 'k2' }], sequence: 2 });
      await adapter.append(put(3, 'again', true), 'strict');
      expect((await (await open(directory)).load()).sequence).toBe(3);
    }
  });

  test('with a tail of zeros, as a power cut may leave, loses the tail', async () => {
    const { directory, log } = await threeCommits();
    const { size } = await stat(log);
    await truncate(log, size + 4096);
    expect((await (await open(directory)).load()).sequence).toBe(3);
    expect((await stat(log)).size).toBe(size);
  });

  test('that was altered in its middle is refused, and left as it is', async () => {
    const { directory, log } = await threeCommits();
    const text = await readFile(log, 'utf8');
    await writeFile(log, text.replace('value 2', 'valve 2'));
    await expect(fileAdapter(directory)).rejects.toMatchObject({ name: 'VaultError', failure: 'broken' });
    expect(await readFile(log, 'utf8')).toContain('valve 2');
  });

  test('that lacks its beginning is refused', async () => {
    const { directory, log } = await threeCommits();
    const lines = (await readFile(log, 'utf8')).split('\n');
    await writeFile(log, lines.slice(1).join('\n'));
    await expect(fileAdapter(directory)).rejects.toThrow('commit 1 is missing');
  });

  test(
    'gives way to a snapshot when it has grown long, and the journal stays',
    { timeout: 60_000 },
    async () => {
      const directory = join(await temporaryDirectory(), 'vault');
      const adapter = await open(directory);
      const filling = 'x'.repeat(1700);
      const total = 2 * journalLength + 500;
      for (let sequence = 1; sequence <= total; sequence++) {
        await adapter.append(put(sequence, `k${sequence % 100}`, [sequence, filling]), 'relaxed');
      }
      const names = async () => (await readdir(directory)).map((name) => name.replace(/\d+/, 'n'));
      await expect.poll(names, { timeout: 10_000 }).toContain('snapshot-n.jsonl');
      const again = await open(directory);
      const { records, sequence } = await again.load();
      expect([records.length, sequence]).toEqual([100, total]);
      expect(records.find(({ key }) => key === 'k1')?.value).toEqual([total - 499 + 400, filling]);
      const journal = await again.journal(0);
      expect([journal.length, journal[0]?.sequence]).toEqual([journalLength, total - journalLength + 1]);
    },
  );

  test('that a crash has kept from being shredded is shredded when it is opened', async () => {
    const { directory, log } = await threeCommits();
    const shredding = { ...put(4, 'k2', undefined), shredded: [{ table: 't', key: 'k2' }] };
    await appendFile(log, sealedLine(toJson(shredding)));
    expect(await everything(directory)).toContain('value 2');
    const adapter = await open(directory);
    expect(await everything(directory)).not.toContain('value 2');
    expect(await everything(directory)).toContain('value 1');
    expect(await adapter.load()).toMatchObject({ records: [{ key: 'k1' }, { key: 'k3' }], sequence: 4 });
    expect((await adapter.journal(0)).map(({ changes }) => changes.length)).toEqual([1, 0, 1, 1]);
  });
});

async function everything(directory: string): Promise<string> {
  const names = await readdir(directory);
  return (await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')))).join('');
}

test('any plain data comes back as it was', () => {
  const name = fc.oneof(fc.constantFrom('$bytes', '$members', '__proto__', ''), fc.string());
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.uint8Array(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
    ),
  }));
  fc.assert(
    fc.property(value, (one) => {
      expect(fromJson(toJson(one))).toEqual(one);
    }),
    { numRuns: 500 },
  );
  expect(() => toJson({ a: [() => 1] })).toThrow('A function cannot be stored.');
});

describe('the lock of a directory', () => {
  test('keeps a second process out while the first lives', async () => {
    const path = join(await temporaryDirectory(), 'lock');
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    onTestFinished(() => void other.kill('SIGKILL'));
    await writeFile(path, String(other.pid));
    await expect(lock(path)).rejects.toThrow(`Process ${other.pid} works with this data already.`);
    other.kill('SIGKILL');
    await once(other, 'exit');
    const unlock = await lock(path);
    expect(await readFile(path, 'utf8')).toBe(String(process.pid));
    await unlock();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  test('that was abandoned is taken over by one process at a time', async () => {
    const path = join(await temporaryDirectory(), 'lock');
    const dead = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    await once(dead, 'exit');
    await writeFile(path, String(dead.pid));
    // Another process is about to.
    await writeFile(`${path}.taking`, '1');
    await expect(lock(path)).rejects.toThrow('Process 1 works with this data already.');
    expect(await readFile(path, 'utf8')).toBe(String(dead.pid));
    await rm(`${path}.taking`);
    const unlock = await lock(path);
    expect(await readdir(dirname(path))).toEqual(['lock']);
    await unlock();
  });
});

test('an adapter that is closed has done what was under way when it says so', async () => {
  const directory = join(await temporaryDirectory(), 'vault');
  const adapter = await fileAdapter(directory);
  const filling = 'x'.repeat(4_000_000);
  await adapter.append(put(1, 'k1', filling), 'strict');
  let isShredded = false;
  const shredding = { ...put(2, 'k1', undefined), shredded: [{ table: 't', key: 'k1' }] };
  const appended = adapter.append(shredding, 'strict').then(() => (isShredded = true));
  // Its line is there; its shredding takes longer.
  await expect
    .poll(async () => (await readdir(directory)).some((name) => name.endsWith('.new')), { interval: 1 })
    .toBe(true);
  adapter.close();
  await adapter.closed();
  expect(isShredded).toBe(true);
  expect(await everything(directory)).not.toContain(filling);
  await appended;
});

describe('a shredding that cannot be done', () => {
  test('is no failure of its commit, and is made up for at the next opening', async () => {
    const { directory, log } = await threeCommits();
    const adapter = await open(directory);
    // Where the new log would be written, something stands in the way.
    await mkdir(`${log}.new`);
    await writeFile(join(`${log}.new`, 'obstacle'), '');
    await adapter.append(
      {
        ...put(4, 'k1', undefined),
        shredded: [{ table: 't', key: 'k1' }],
      },
      'strict',
    );
    await adapter.append(put(5, 'k5', 'value 5'), 'strict');
    expect(await readFile(log, 'utf8')).toContain('value 1');

    await rm(`${log}.new`, { recursive: true });
    adapter.close();
    const again = await open(directory);
    const { records, sequence } = await again.load();
    expect(sequence).toBe(5);
    expect(records.map(({ key }) => key).sort()).toEqual(['k2', 'k3', 'k5']);
    for (const file of await readdir(directory)) {
      expect(await readFile(join(directory, file), 'utf8')).not.toContain('value 1');
    }
  });

  test('is made up for with the next shredding', async () => {
    const { directory, log } = await threeCommits();
    const adapter = await open(directory);
    await mkdir(`${log}.new`);
    const shred = (sequence: number, key: string) =>
      adapter.append({ ...put(sequence, key, undefined), shredded: [{ table: 't', key }] }, 'strict');
    await shred(4, 'k1');
    expect(await readFile(log, 'utf8')).toContain('value 1');
    await rm(`${log}.new`, { recursive: true });
    await shred(5, 'k2');
    const left = await everything(directory);
    expect(left).not.toMatch(/value [12]/);
    expect(left).toContain('value 3');
    expect(await (await open(directory)).load()).toMatchObject({ records: [{ key: 'k3' }], sequence: 5 });
  });
});
