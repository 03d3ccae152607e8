import type { BackupSummary } from '$engine/backup/contents.ts';
import type { Look, LookName, Looks } from '$engine/look/look.ts';
import type { CloudView, Identity } from '$engine/observation.ts';
import type { ActReport, OperatorAct } from '$engine/operator/acts.ts';
import type { TraceRecord } from '$engine/trace/trace.ts';
import { cloudMessages } from '$lib/strings/cloud.ts';
import { recentLimit, type BackupJob, type Founding, type Salvage } from '$workers/protocol.ts';
import { networkError } from './calls.ts';
import { CloudTab } from './tab.ts';

/** `asleep`: nothing has been loaded yet. */
export type CloudStatus = 'asleep' | 'starting' | 'ready' | 'failed';

/** Pages are prerendered, where there is no cloud. */
const isPrerendering = typeof document === 'undefined';

/**
 * The page's connection to the learner's cloud: what can be seen of it, and the door by which signed requests
 * reach it. Nothing of the engine is loaded before `start`, or the first `fetch`.
 */
export class CloudConnection {
  #status = $state.raw<CloudStatus>('asleep');
  #failure = $state.raw<string>();
  #trouble = $state.raw<string>();
  #identities = $state.raw<Identity[]>([]);
  #view = $state.raw<CloudView>();
  #recent = $state.raw<TraceRecord[]>([]);
  #tab: CloudTab | undefined;
  /** Who waits for `start`. */
  #starters: (() => void)[] = [];

  get status(): CloudStatus {
    return this.#status;
  }

  /** What the learner should read: why it failed, what troubles its storage, or that it will not last. */
  get message(): string | undefined {
    if (this.#status === 'failed') return this.#failure;
    if (this.#status !== 'ready') return undefined;
    return this.#trouble ?? (this.durability === 'memory' ? cloudMessages.memoryOnly : undefined);
  }

  /** Where the cloud's records last; `undefined` before it is known. */
  get durability(): CloudView['durability'] | undefined {
    return this.#view?.durability;
  }

  /** The principals that the learner may act as. */
  get identities(): Identity[] {
    return this.#identities;
  }

  get view(): CloudView | undefined {
    return this.#view;
  }

  /** The traces of the latest requests of all tabs, oldest first, at most 200. */
  get recent(): TraceRecord[] {
    return this.#recent;
  }

  /** Starts the cloud, or joins the one that another tab runs. Resolves when it is ready or has failed. */
  start(): Promise<void> {
    if (isPrerendering || this.#status === 'ready' || this.#status === 'failed') return Promise.resolve();
    const started = new Promise<void>((resolve) => this.#starters.push(resolve));
    if (!this.#tab) this.#join();
    return started;
  }

  /**
   * Sends an AWS request to the cloud, whatever its host. It never touches the network.
   * @throws TypeError as the platform's `fetch` does, when the cloud has failed or is started anew meanwhile
   */
  async fetch(request: Request): Promise<Response> {
    await this.start();
    if (!this.#tab) throw networkError(this.#failure ?? cloudMessages.noEngine);
    return this.#tab.fetch(request);
  }

  /** Looks through the glass: changes nothing. Rejects with a message for the learner. */
  async look<Name extends LookName>(name: Name, query: Looks[Name]['query']): Promise<Looks[Name]['answer']> {
    await this.start();
    if (!this.#tab) throw new Error(this.#failure ?? cloudMessages.noEngine);
    return (await this.#tab.look({ name, query } as Look)) as Looks[Name]['answer'];
  }

  /** Does what no request of AWS can ask for. Rejects with a message for the learner. */
  async operate(act: OperatorAct): Promise<ActReport> {
    await this.start();
    if (!this.#tab) throw new Error(this.#failure ?? cloudMessages.noEngine);
    return this.#tab.operate(act);
  }

  /** Forgets everything and founds the cloud anew, for all tabs; from a seed, if one is given. Rejects with a message for the learner. */
  async reset(founding: Founding = {}): Promise<void> {
    await this.start();
    if (!this.#tab) throw new Error(this.#failure ?? cloudMessages.noEngine);
    await this.#tab.command('reset', founding);
    // A cloud that could not be opened is deleted, and founded by workers that start anew.
    if (this.#status === 'failed') await this.#comeBack();
  }

  /** The whole cloud as one file that only the passphrase opens. Rejects with a message for the learner. */
  async backup(passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#backUp({ do: 'write', passphrase })).file!;
  }

  /** What is in a backup. Rejects with a message for the learner. */
  async inspectBackup(file: Uint8Array, passphrase: string): Promise<BackupSummary> {
    return (await this.#backUp({ do: 'inspect', file, passphrase })).summary!;
  }

  /** Puts the cloud in a backup in the place of this one, for all tabs. Rejects with a message for the learner. */
  async restore(file: Uint8Array, passphrase: string): Promise<void> {
    await this.#backUp({ do: 'restore', file, passphrase });
  }

  async #backUp(job: BackupJob) {
    await this.start();
    if (!this.#tab) throw new Error(this.#failure ?? cloudMessages.noEngine);
    return this.#tab.backUp(job);
  }

  /**
   * Where the cloud has failed: what can still be read of its keys, aliases and audit trail.
   * Rejects with a message for the learner.
   */
  async salvage(): Promise<Salvage> {
    if (!this.#tab) throw new Error(this.#failure ?? cloudMessages.noEngine);
    const salvaged = await this.#tab.command('salvage');
    return salvaged ?? { keys: [], aliases: [], auditTrail: [] };
  }

  /** After a failure: starts the workers anew. Resolves when the cloud is ready or has failed again. */
  async retry(): Promise<void> {
    if (!this.#tab) return this.start();
    this.#tab.restart();
    await this.#comeBack();
  }

  #comeBack(): Promise<void> {
    this.#status = 'starting';
    return this.start();
  }

  #join(): void {
    this.#status = 'starting';
    if (!isSecureContext) {
      this.#settle('failed', cloudMessages.insecure);
      return;
    }
    const tab = new CloudTab({
      starting: () => (this.#status = 'starting'),
      welcomed: ({ identities, view, recent, trouble }) => {
        this.#identities = identities;
        this.#view = view;
        this.#recent = recent;
        this.#trouble = trouble;
        this.#settle('ready', undefined);
      },
      failed: (message) => this.#settle('failed', message),
      observed: ({ trace, view }) => {
        this.#recent = [...this.#recent, trace].slice(-recentLimit);
        this.#view = view;
      },
      changed: (view, identities) => {
        this.#view = view;
        if (identities) this.#identities = identities;
      },
      troubled: (message) => (this.#trouble = message),
    });
    this.#tab = tab;
    tab.join();
    this.#mindThePage(tab);
  }

  #settle(status: 'ready' | 'failed', failure: string | undefined): void {
    this.#status = status;
    this.#failure = failure;
    for (const resolve of this.#starters.splice(0)) resolve();
  }

  /** Loses nothing when the page goes, and leaves the cloud to other tabs while it is put away. */
  #mindThePage(tab: CloudTab): void {
    const flush = (): void => {
      // Nobody is left to be told; a record of the last 250 ms is what may be lost.
      if (this.#status === 'ready') tab.command('flush').catch(() => {});
    };
    // The first of them comes while the page still has time: workers end with it, mostly before they can store
    // anything that is asked for in the last.
    addEventListener('beforeunload', flush);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') flush();
    });
    addEventListener('pagehide', (event) => {
      flush();
      // A page in the back/forward cache is frozen; it must not hold what other tabs wait for.
      if (event.persisted) tab.leave();
    });
    addEventListener('pageshow', (event) => {
      if (event.persisted) tab.join();
    });
  }
}

/** The cloud of this page. */
export const cloud = new CloudConnection();
