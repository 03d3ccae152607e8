import type { FileHandle } from 'node:fs/promises';
import type { StoredRecord } from '../../engine/vault/adapter.ts';
import { damaged } from './damaged.ts';
import { replaceFile } from './files.ts';
import { readLines, sealedLine } from './lines.ts';
import { fromJson, toJson } from '../../engine/backup/plain-json.ts';

type SnapshotRecord = [table: string, key: string, value: unknown];

/** The last line of a snapshot. */
interface SnapshotEnd {
  records: number;
}

/** So many records are written before requests get their turn again. */
const slice = 500;

/** Writes records, a line each; gives how many bytes they are. */
export async function writeSnapshot(path: string, records: readonly StoredRecord[]): Promise<number> {
  let size = 0;
  await replaceFile(path, async (file) => {
    for (let at = 0; at < records.length; at += slice) {
      const part = records.slice(at, at + slice);
      size += await write(
        file,
        part.map(({ table, key, value }) => [table, key, value] satisfies SnapshotRecord),
      );
    }
    size += await write(file, [{ records: records.length } satisfies SnapshotEnd]);
  });
  return size;
}

async function write(file: FileHandle, lines: readonly unknown[]): Promise<number> {
  const bytes = Buffer.from(lines.map((line) => sealedLine(toJson(line))).join(''));
  await file.appendFile(bytes);
  return bytes.length;
}

/** Reads a snapshot; gives its size in bytes. Throws `VaultError` for one that is damaged. */
export async function readSnapshot(path: string, take: (record: StoredRecord) => void): Promise<number> {
  let size = 0;
  let count = 0;
  let last: SnapshotEnd | undefined;
  for await (const { content, end } of readLines(path)) {
    if (content === undefined || last) throw damaged(path, `there is something wrong at byte ${size}`);
    const line = fromJson(content) as SnapshotRecord | SnapshotEnd;
    if (Array.isArray(line)) {
      const [table, key, value] = line;
      take({ table, key, value });
      count++;
    } else last = line;
    size = end;
  }
  if (last?.records !== count) throw damaged(path, 'its end is missing');
  return size;
}
