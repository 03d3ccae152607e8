import { open, readFile, rm } from 'node:fs/promises';
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
  try {
    const file = await open(path, 'wx', ownerOnly);
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (failedWith(error, 'EEXIST')) return false;
    throw error;
  }
}

async function takeOver(path: string): Promise<void> {
  const holder = await holderOf(path);
  // A container gives each start the same process id, so our own says that the holder is gone.
  if (holder !== process.pid && isAlive(holder)) throw lockedBy(holder, path);
  await replaceFile(path, (file) => file.writeFile(String(process.pid)));
  // Somebody else may be taking it over as well; the last one to write has it.
  await sleep(50);
  const now = await holderOf(path);
  if (now !== process.pid) throw lockedBy(now, path);
}

async function holderOf(path: string): Promise<number> {
  return Number(await readFile(path, 'utf8'));
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return failedWith(error, 'EPERM');
  }
}

function lockedBy(pid: number, path: string): LockedError {
  return new LockedError(
    `Process ${pid} works with this data already. If that is no Glass KMS, delete ${path} and start again.`,
  );
}
