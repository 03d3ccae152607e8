import type { Commit, RecordName } from '../../engine/vault/adapter.ts';
import { withoutImages } from '../../engine/vault/shredding.ts';
import { damaged } from './damaged.ts';
import { replaceFile } from './files.ts';
import { readLines, sealedLine } from './lines.ts';
import { fromJson, toJson } from '../../engine/backup/plain-json.ts';

/**
 * Reads a log's commits; gives how many bytes of it are whole. A torn end is what a crash leaves of the last log.
 * Throws `VaultError` for any other damage.
 */
export async function readLog(
  path: string,
  mayBeTorn: boolean,
  take: (commit: Commit) => void,
): Promise<number> {
  let whole = 0;
  let isTorn = false;
  for await (const { content, end } of readLines(path)) {
    if (content === undefined) isTorn = true;
    if (isTorn && (!mayBeTorn || content !== undefined)) {
      throw damaged(path, `there is something wrong at byte ${whole}`);
    }
    if (content === undefined) continue;
    take(fromJson(content) as Commit);
    whole = end;
  }
  return whole;
}

/** Takes the images of these records out of a log's commits before number `before`. */
export async function shredInLog(
  path: string,
  records: readonly RecordName[],
  before: number,
): Promise<void> {
  await replaceFile(path, async (file) => {
    for await (const { content } of readLines(path)) {
      if (content === undefined) throw damaged(path, 'a line of it cannot be read');
      const commit = fromJson(content) as Commit;
      const left = commit.sequence < before ? withoutImages(commit, records) : commit;
      await file.appendFile(sealedLine(left === commit ? content : toJson(left)));
    }
  });
}
