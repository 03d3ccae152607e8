import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  journalLength,
  type Commit,
  type Promptness,
  type StoredRecord,
} from '../../engine/vault/adapter.ts';
import { readLog, shredInLog } from './commit-log.ts';
import { replaceFile, syncDirectory } from './files.ts';
import { sealedLine } from './lines.ts';
import { LogFile } from './log-file.ts';
import { toJson } from '../../engine/backup/plain-json.ts';
import {
  finishReplacing,
  logName,
  nextOf,
  recover,
  snapshotName,
  tidy,
  type Recovered,
  type Shredding,
} from './recover.ts';
import { writeSnapshot } from './snapshot.ts';

/** A log that is shorter than this is never worth a snapshot, in bytes. */
const leastLogSize = 16 * 1024 * 1024;

/** A directory's logs and snapshots, with the records that they come to in memory. */
export class Shelf {
  readonly #directory: string;
  readonly #state: Recovered;
  #log: LogFile;
  /** While files are changed that are being appended to; what is to be appended waits. */
  #closedFor: Promise<void> | undefined;
  /** What could not be shredded yet. */
  #unshredded: Shredding[] = [];
  #snapshotting: Promise<void> | undefined;

  private constructor(directory: string, state: Recovered, log: LogFile) {
    this.#directory = directory;
    this.#state = state;
    this.#log = log;
  }

  static async open(directory: string): Promise<Shelf> {
    await finishReplacing(directory);
    const state = await recover(directory);
    await tidy(directory);
    const log = await LogFile.open(join(directory, logName(state.logs.at(-1)!)), state.logSize);
    await syncDirectory(directory);
    const shelf = new Shelf(directory, state, log);
    await shelf.#shred(state.unshredded.splice(0));
    return shelf;
  }

  /** Of the last commit that was applied. */
  get sequence(): number {
    return this.#state.sequence;
  }

  records(): StoredRecord[] {
    return this.#state.tables.all();
  }

  async append(line: string, promptness: Promptness): Promise<void> {
    while (this.#closedFor) await this.#closedFor;
    await this.#log.append(line, promptness);
  }

  apply(commit: Commit): void {
    commit.changes.forEach((change) => this.#state.tables.apply(change));
    this.#state.sequence = commit.sequence;
  }

  /** Begins a new log when this one has grown long. Call while nothing is being appended. */
  tidyUp(): void {
    const { sequence, logs, snapshotSize } = this.#state;
    const isLong = sequence - logs.at(-1)! >= journalLength && this.#log.size > leastLogSize + snapshotSize;
    // A snapshot would say that nothing is left to be shredded.
    if (!isLong || this.#snapshotting || this.#unshredded.length > 0) return;
    const begun = this.#closeFor(() => this.#beginLog());
    // Without a snapshot the logs are all there still; a later one will be tried.
    this.#snapshotting = this.#takeSnapshot(begun)
      .catch(() => undefined)
      .finally(() => (this.#snapshotting = undefined));
  }

  /**
   * Leaves no image of these records in older commits. Call while nothing is being appended. The commit that wants
   * it is stored already, so what cannot be done is no failure of it: it is tried again with the next shredding, and
   * when the directory is opened the next time.
   */
  async shred(shredding: Shredding): Promise<void> {
    this.#unshredded.push(shredding);
    await this.#snapshotting;
    try {
      await this.#closeFor(() => this.#shred(this.#unshredded));
      this.#unshredded = [];
    } catch {
      // They stay in the list.
    }
  }

  /** Commits after this one, oldest first. */
  async journal(after: number): Promise<Commit[]> {
    await this.#log.settled();
    const { logs } = this.#state;
    const commits: Commit[] = [];
    for (const [index, start] of logs.entries()) {
      const isLast = index === logs.length - 1;
      if (!isLast && logs[index + 1]! <= after) continue;
      await readLog(this.#pathOfLog(start), isLast, (commit) => {
        if (commit.sequence > after) commits.push(commit);
      });
    }
    return commits;
  }

  /** Forgets everything at one stroke: the directory is another one, empty unless one was made ready. */
  async replaceDirectory(): Promise<Shelf> {
    await this.close();
    await rename(this.#directory, `${this.#directory}.old`);
    await syncDirectory(dirname(this.#directory));
    return Shelf.open(this.#directory);
  }

  /** The same with these records: what the directory is to be is complete before it takes the old one's place. */
  async replaceBy(records: readonly StoredRecord[], first: Commit): Promise<Shelf> {
    const next = nextOf(this.#directory);
    await rm(next, { recursive: true, force: true });
    await mkdir(next);
    const line = sealedLine(toJson(first));
    await replaceFile(join(next, logName(first.sequence - 1)), (file) => file.appendFile(line));
    await writeSnapshot(join(next, snapshotName(first.sequence)), records);
    return this.replaceDirectory();
  }

  async close(): Promise<void> {
    await this.#snapshotting;
    // A shredding that has waited for the snapshot begins only now.
    while (this.#closedFor) await this.#closedFor;
    await this.#log.close();
  }

  #pathOfLog(after: number): string {
    return join(this.#directory, logName(after));
  }

  async #closeFor(work: () => Promise<void>): Promise<void> {
    const done = work();
    // Whoever waits only wants to know when; who called is told of a failure.
    this.#closedFor = done.catch(() => undefined).finally(() => (this.#closedFor = undefined));
    await done;
  }

  async #beginLog(): Promise<void> {
    const { sequence, logs } = this.#state;
    const next = await LogFile.open(this.#pathOfLog(sequence), 0);
    await syncDirectory(this.#directory);
    const old = this.#log;
    this.#log = next;
    logs.push(sequence);
    await old.close();
  }

  async #takeSnapshot(begun: Promise<void>): Promise<void> {
    const { sequence } = this.#state;
    const records = this.records();
    await begun;
    this.#state.snapshotSize = await writeSnapshot(join(this.#directory, snapshotName(sequence)), records);
    const { logs } = this.#state;
    // What not even the journal needs.
    while (logs.length > 1 && logs[1]! <= sequence - journalLength) {
      await rm(this.#pathOfLog(logs.shift()!), { force: true });
    }
    await tidy(this.#directory);
  }

  /** The snapshot comes last: one that follows a shredding says that it is done. */
  async #shred(shreddings: readonly Shredding[]): Promise<void> {
    if (shreddings.length === 0) return;
    if (this.#state.logs.at(-1) !== this.#state.sequence) await this.#beginLog();
    for (const { sequence, records } of shreddings) {
      for (const start of this.#state.logs) {
        if (start < sequence) await shredInLog(this.#pathOfLog(start), records, sequence);
      }
    }
    await this.#takeSnapshot(Promise.resolve());
  }
}
