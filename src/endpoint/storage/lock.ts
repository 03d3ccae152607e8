import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { failedWith, ownerOnly, replaceFile } from './files.ts';

/** Another process works on the directory. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

/**
 * Holds a directory for this process by a file that says its process id, and gives how to let go. A lock whose
 * process is gone is taken over.
 * @throws LockedError when another process holds it
 */
export async function lock(path: string): Promise<() => Promise<void>> {
  if (!(await create(path))) await takeOver(path);
  return () => rm(path, { force: true });
}

async function create(path: string): Promise<boolean> {
  // Linked into place when it is whole: nobody may read a lock that does not say yet whose it is.
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, String(process.pid), { mode: ownerOnly });
    await link(draft, path);
    return true;
  } catch (error) {
    if (failedWith(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** How long a process that was killed may be listed still, until its parent takes note of its end; milliseconds. */
const linger = 3000;
const interval = 100;

async function takeOver(path: string): Promise<void> {
  for (let waited = 0; !isGone(await holderOf(path)); waited += interval) {
    if (waited >= linger) throw lockedBy(await holderOf(path), path);
    await sleep(interval);
  }
  // Whoever else has found it abandoned must not put itself in the place of the one that took it first.
  const turn = `${path}.taking`;
  if (!(await create(turn))) throw lockedBy(await holderOf(turn), turn);
  try {
    // Its holder may have let go of it in the meantime.
    if (await create(path)) return;
    const holder = await holderOf(path);
    if (!isGone(holder)) throw lockedBy(holder, path);
    await replaceFile(path, (file) => file.writeFile(String(process.pid)));
  } finally {
    await rm(turn, { force: true });
  }
}

/** The process that a lock names; undefined when there is no lock. */
async function holderOf(path: string): Promise<number | undefined> {
  try {
    return Number(await readFile(path, 'utf8'));
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** A container gives each start the same process id, so our own says that the holder is gone. */
function isGone(holder: number | undefined): boolean {
  return holder === undefined || holder === process.pid || !isAlive(holder);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return failedWith(error, 'EPERM');
  }
}

function lockedBy(pid: number | undefined, path: string): LockedError {
  return new LockedError(
    `Process ${pid ?? 'unknown'} works with this data already. If that is no Glass KMS, delete ${path} and start again.`,
  );
}
