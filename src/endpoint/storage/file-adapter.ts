import type { Commit, Promptness, VaultAdapter } from '../../engine/vault/adapter.ts';
import { journalLength } from '../../engine/vault/adapter.ts';
import { replacedError } from '../../engine/vault/failures.ts';
import { VaultError } from '../../engine/vault/vault.ts';
import { failedWith } from './files.ts';
import { sealedLine } from './lines.ts';
import { toJson } from '../../engine/backup/plain-json.ts';
import { Shelf } from './shelf.ts';

export interface FileAdapter extends VaultAdapter {
  /** Resolves when a closed adapter has let go of its files. */
  closed(): Promise<void>;
}

/**
 * Keeps records in a directory: a log of commits, a line each, and now and then a snapshot of all records, so
 * that the log can begin anew. A commit is stored when its line is; a line that a crash has torn does not count.
 * The logs of the last `journalLength` commits are the journal.
 *
 * Whoever makes one sees to it that no other process works on the directory (`lock.ts`).
 * @throws VaultError when what is there is damaged
 */
export async function fileAdapter(directory: string): Promise<FileAdapter> {
  let shelf = await Shelf.open(directory);
  /** Of the last commit that is on its way to the disk. */
  let sent = shelf.sequence;
  let isClosed = false;
  let ending: Promise<void> | undefined;

  async function append(commit: Commit, promptness: Promptness): Promise<void> {
    if (isClosed) throw new VaultError('This cloud has been closed.', 'closed');
    if (commit.sequence !== sent + 1) throw replacedError();
    const line = sealedLine(toJson(commit));
    sent = commit.sequence;
    try {
      await shelf.append(line, promptness);
    } catch (error) {
      sent = shelf.sequence;
      throw error;
    }
    shelf.apply(commit);
    const { sequence, shredded } = commit;
    if (shredded) await shelf.shred({ sequence, records: shredded });
    // Between two commits, so that each is either in the old log or in the new one.
    if (sent === shelf.sequence) shelf.tidyUp();
  }

  return {
    durability: 'durable',
    load: async () => ({ records: shelf.records(), sequence: shelf.sequence }),
    async append(commit, promptness) {
      try {
        await append(commit, promptness);
      } catch (error) {
        throw inWords(error);
      }
    },
    journal: (after) => shelf.journal(Math.max(after, shelf.sequence - journalLength)),
    async clear() {
      shelf = await shelf.replaceDirectory();
      sent = 0;
    },
    async replace(records, first) {
      try {
        shelf = await shelf.replaceBy(records, first);
      } catch (error) {
        throw inWords(error);
      }
      sent = first.sequence;
    },
    close() {
      isClosed = true;
      ending ??= shelf.close().catch(() => undefined);
    },
    async closed() {
      await ending;
    },
  };
}

function inWords(error: unknown): VaultError {
  if (error instanceof VaultError) return error;
  if (failedWith(error, 'ENOSPC') || failedWith(error, 'EDQUOT')) {
    return new VaultError('The disk is full. Nothing was written.', 'quota', { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new VaultError(`The data directory cannot be written: ${message}`, 'broken', { cause: error });
}
