import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordName } from '../../engine/vault/adapter.ts';
import { readLog } from './commit-log.ts';
import { damaged } from './damaged.ts';
import { readSnapshot } from './snapshot.ts';
import { Tables } from './tables.ts';

/** Records of which nothing may be left before a commit. */
export interface Shredding {
  sequence: number;
  records: readonly RecordName[];
}

/** What a directory holds. */
export interface Recovered {
  tables: Tables;
  /** Of the last commit. */
  sequence: number;
  /** The logs by the number of the commit that they follow, oldest first. The last one is being written. */
  logs: number[];
  /** Bytes of the last log that are whole. */
  logSize: number;
  /** Bytes of the newest snapshot. */
  snapshotSize: number;
  /** Shredding that no snapshot has followed: a crash may have come in between. */
  unshredded: Shredding[];
}

export const logName = (after: number): string => `log-${after}.jsonl`;
export const snapshotName = (sequence: number): string => `snapshot-${sequence}.jsonl`;

/** Where a directory is made ready that is to take the place of this one. */
export const nextOf = (directory: string): string => `${directory}.next`;

/** One that was made ready is complete once the old one has gone; before that, it may be anything. */
export async function finishReplacing(directory: string): Promise<void> {
  const isThere = await stat(directory).then(
    () => true,
    () => false,
  );
  if (isThere) await rm(nextOf(directory), { recursive: true, force: true });
  else await rename(nextOf(directory), directory).catch(() => undefined);
}

/** Reads the newest snapshot and every commit after it. Throws `VaultError` for what is damaged. */
export async function recover(directory: string): Promise<Recovered> {
  await mkdir(directory, { recursive: true });
  const names = await readdir(directory);
  const tables = new Tables();
  const snapshot = numbersIn(names, snapshotForm).at(-1) ?? 0;
  const snapshotSize =
    snapshot === 0
      ? 0
      : await readSnapshot(join(directory, snapshotName(snapshot)), ({ table, key, value }) =>
          tables.apply({ table, key, after: value }),
        );

  const found = numbersIn(names, logForm);
  const logs = found.length > 0 ? found : [snapshot];
  if (logs[0]! > snapshot) throw damaged(directory, 'its beginning is missing');
  let sequence = snapshot;
  let logSize = 0;
  const unshredded: Shredding[] = [];
  for (const after of found) {
    const path = join(directory, logName(after));
    logSize = await readLog(path, after === found.at(-1), (commit) => {
      if (commit.sequence <= sequence) return;
      if (commit.sequence !== sequence + 1) throw damaged(path, `commit ${sequence + 1} is missing`);
      commit.changes.forEach((change) => tables.apply(change));
      sequence = commit.sequence;
      if (commit.shredded) unshredded.push({ sequence, records: commit.shredded });
    });
  }
  return { tables, sequence, logs, logSize, snapshotSize, unshredded };
}

/** Deletes what a clearing or a snapshot that was cut off has left behind, and all snapshots before the newest. */
export async function tidy(directory: string): Promise<void> {
  await rm(`${directory}.old`, { recursive: true, force: true });
  const names = await readdir(directory);
  const snapshots = numbersIn(names, snapshotForm).slice(0, -1).map(snapshotName);
  const cutOff = names.filter((name) => name.endsWith('.new'));
  for (const name of [...snapshots, ...cutOff]) await rm(join(directory, name));
}

const snapshotForm = /^snapshot-(\d+)\.jsonl$/;
const logForm = /^log-(\d+)\.jsonl$/;

function numbersIn(names: readonly string[], form: RegExp): number[] {
  return names
    .flatMap((name) => form.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((one, other) => one - other);
}
