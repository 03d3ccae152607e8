import type { Past } from '../look/looks.ts';
import type { MomentPage, MomentQuery } from '../look/look.ts';
import { journalLength, type Commit, type RecordName } from '../vault/adapter.ts';
import { withoutImages } from '../vault/shredding.ts';
import type { Reader, Vault } from '../vault/vault.ts';
import { momentPage } from './moment-page.ts';
import { RecordsThen } from './records-then.ts';
import { TimeLine } from './time-line.ts';

/** So many take some ten milliseconds, for which the engine can be kept from requests. */
const mostChangesAtOnce = 1000;

/**
 * The cloud's past. Nothing of it is held before somebody first looks back; then the journal is read once and
 * followed, commit by commit. Values are shared with the vault, so what it costs is mostly the lists.
 */
export class History implements Past {
  readonly #vault: Vault;
  #remembered: Promise<Remembered> | undefined;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async at<Seen>(sequence: number, see: (records: Reader) => Seen): Promise<Awaited<Seen>> {
    const remembered = await this.remember();
    return await see(remembered.at(sequence));
  }

  async moments(query: MomentQuery): Promise<MomentPage> {
    // Requests that changed nothing wait for the next commit; where they cannot be stored, the vault says so itself.
    await this.#vault.flush().catch(() => undefined);
    return (await this.remember()).page(query);
  }

  async shredding(
    after: number,
    isWanted: (record: RecordName) => boolean,
  ): Promise<{ sequence: number; time: number } | undefined> {
    const { commits } = await this.remember();
    const found = commits.findLast((commit) => commit.sequence > after && commit.shredded?.some(isWanted));
    return found && { sequence: found.sequence, time: found.time };
  }

  /** What the journal keeps, and what is added to it from then on. */
  remember(): Promise<Remembered> {
    const remembering = (this.#remembered ??= this.#recall());
    // The next look tries again.
    remembering.catch(() => {
      if (this.#remembered === remembering) this.#remembered = undefined;
    });
    return remembering;
  }

  async #recall(): Promise<Remembered> {
    const meanwhile: Commit[] = [];
    let take = (commit: Commit): void => void meanwhile.push(commit);
    const stop = this.#vault.follow({
      committed: (commit) => take(commit),
      cleared: () => {
        stop();
        this.#remembered = undefined;
      },
    });
    const { records, commits } = await this.#vault.recall().catch((error: unknown) => {
      stop();
      throw error;
    });
    const remembered = new Remembered(records, commits);
    take = (commit) => remembered.add(commit);
    for (const commit of meanwhile) if (commit.sequence > remembered.last) take(commit);
    return remembered;
  }
}

/** What is held once somebody has looked back. */
export class Remembered {
  #commits: Commit[];
  #timeLine = new TimeLine();
  readonly #then: RecordsThen;

  /** `records` as the last of `commits` has left them. */
  constructor(records: ConstructorParameters<typeof RecordsThen>[0], commits: Commit[]) {
    this.#commits = commits;
    this.#then = new RecordsThen(records, this.last);
  }

  get commits(): readonly Commit[] {
    return this.#commits;
  }

  /** The oldest commit as of which the cloud can be seen: before the oldest that is kept, unless that was the first. */
  get first(): number {
    return Math.max(1, (this.#commits[0]?.sequence ?? 1) - 1);
  }

  get last(): number {
    return this.#commits.at(-1)?.sequence ?? 0;
  }

  add(commit: Commit): void {
    const { shredded } = commit;
    if (shredded) {
      this.#commits = this.#commits.map((older) => withoutImages(older, shredded));
      this.#then.forget(shredded);
      this.#timeLine = new TimeLine();
    }
    this.#commits.push(commit);
    if (this.#commits.length > journalLength + journalLength / 10) this.#cut();
  }

  /** The records as of then, for as long as nobody looks at another time. */
  at(sequence: number): Reader {
    if (sequence < this.first) {
      throw new Error('That is too long ago: of so early a time the journal keeps nothing any more.');
    }
    return this.#then.at(Math.min(sequence, this.last), this.#commits);
  }

  async page(query: MomentQuery): Promise<MomentPage> {
    await this.#readOn();
    return { ...momentPage(this.#timeLine.moments, query), first: this.first, last: this.last };
  }

  /** Reads what the time line has not had yet, with pauses in which requests are served. */
  async #readOn(): Promise<void> {
    for (let changes = 0; ;) {
      const first = this.#commits[0]?.sequence ?? 1;
      const next = this.#commits[Math.max(0, this.#timeLine.end + 1 - first)];
      if (!next) return;
      this.#timeLine.read(next);
      changes += next.changes.length;
      if (changes < mostChangesAtOnce) continue;
      await new Promise((resolve) => setTimeout(resolve));
      changes = 0;
    }
  }

  /** Many at a time, since taking one off the front costs as much. */
  #cut(): void {
    const kept = this.#commits.slice(-journalLength);
    const first = kept[0]!.sequence;
    this.#then.at(Math.max(this.#then.position, first - 1), this.#commits);
    this.#commits = kept;
    this.#timeLine.cut(first);
  }
}
