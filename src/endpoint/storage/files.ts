import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes durable which files a directory has. */
export async function syncDirectory(path: string): Promise<void> {
  await using(await open(path, 'r'), (directory) => directory.sync());
}

/** Puts a file in the place of another, all or nothing, durably. `write` fills it. Only the owner may read it. */
export async function replaceFile(
  path: string,
  write: (file: FileHandle) => Promise<unknown>,
): Promise<void> {
  const fresh = `${path}.new`;
  await using(await open(fresh, 'w', ownerOnly), async (file) => {
    await write(file);
    await file.sync();
  });
  await rename(fresh, path);
  await syncDirectory(dirname(path));
}

export const ownerOnly = 0o600;

async function using(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file);
  } finally {
    await file.close();
  }
}

/** Whether a file operation failed in this way: `ENOENT`, … */
export function failedWith(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
