import type { Cloud } from '../engine/cloud.ts';
import type { CloudView, Identity } from '../engine/observation.ts';
import { ScenarioError } from '../engine/scenario/read-scenario.ts';
import type { TraceRecord } from '../engine/trace/trace.ts';
import {
  recentLimit,
  type Founding,
  type Salvage,
  type ToEngine,
  type ToTab,
  type Welcome,
} from './protocol.ts';

/** How long tabs may wait for news that no observation brings, in milliseconds: it comes together with more. */
const newsDelay = 100;

/** How long the host waits at least, and at most, before it looks whether something is due, in milliseconds. */
const shortestWait = 100;
const longestWait = 86_400_000;

/** A way to tabs. `post` reaches all tabs that listen there; a message says whom it is for. */
export interface Carrier {
  post(message: ToTab, transfer?: Transferable[]): void;
}

export interface HostOptions {
  /** Name of this run of the engine, different from all others. */
  engine: string;
  open(report: (trouble: string | undefined) => void): Promise<Cloud>;
  /** Deletes everything that is stored, for a cloud that cannot be opened. */
  destroy(): Promise<void>;
  /** Reads what can be read of the records that hold no secrets, though the cloud cannot be opened. */
  salvage(): Promise<Salvage>;
  /** Ends this worker; the tab that started it then starts a new one. */
  end(): void;
}

/** Answers tabs on behalf of one cloud, for as long as the worker lives. */
export class CloudHost {
  readonly #options: HostOptions;
  /** Where a tab may hear that the cloud is up, or in trouble. */
  readonly #carriers = new Set<Carrier>();
  /** Where a tab has said that it listens: there each request is told. */
  readonly #watched = new Set<Carrier>();
  #cloud: Cloud | undefined;
  #failure: string | undefined;
  #trouble: string | undefined;
  #recent: TraceRecord[] = [];
  /** The last commit that tabs know of. */
  #told = 0;
  /** Of the principals that all tabs know. */
  #names = '';
  #isNewsOnItsWay = false;
  #alarm: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  /** Opens the cloud and tells everybody how that went. Never rejects. */
  async open(): Promise<void> {
    try {
      const cloud = await this.#options.open((trouble) => this.#reportTrouble(trouble));
      cloud.observe((observation) => {
        this.#told = Math.max(this.#told, observation.view.sequence);
        this.#recent.push(observation.trace);
        if (this.#recent.length > recentLimit) this.#recent.shift();
        for (const carrier of this.#watched) carrier.post({ kind: 'observation', observation });
      });
      cloud.follow(() => this.#noticeCommit(cloud));
      this.#cloud = cloud;
      this.#postAll(await this.#welcome(cloud));
      void this.#setAlarm(cloud).catch(() => undefined);
    } catch (error) {
      this.#failure = messageOf(error);
      this.#postAll({ kind: 'failed', engine: this.#options.engine, message: this.#failure });
    }
  }

  /** From now on this carrier is told the news. */
  add(carrier: Carrier): void {
    this.#carriers.add(carrier);
  }

  receive(message: ToEngine, carrier: Carrier): void {
    switch (message.kind) {
      case 'hello':
        this.#watched.add(carrier);
        void this.#greet(message.from, carrier);
        return;
      case 'request':
        if (message.engine === this.#options.engine) void this.#answer(message, carrier);
        return;
      case 'command':
        if (message.engine === this.#options.engine) void this.#obey(message, carrier);
        return;
      case 'look':
        if (message.engine === this.#options.engine) void this.#look(message, carrier);
        return;
      case 'operate':
        if (message.engine === this.#options.engine) void this.#operate(message, carrier);
        return;
      case 'backup':
        if (message.engine === this.#options.engine) void this.#backUp(message, carrier);
        return;
      case 'restart':
        // The tab that runs this worker has heard it too.
        return;
    }
  }

  async #greet(to: string, carrier: Carrier): Promise<void> {
    const { engine } = this.#options;
    if (this.#failure !== undefined) carrier.post({ kind: 'failed', engine, message: this.#failure });
    // While it is still being opened there is nothing to say; then everybody is welcomed at once.
    else if (this.#cloud) carrier.post({ ...(await this.#welcome(this.#cloud)), to });
  }

  async #answer(message: ToEngine & { kind: 'request' }, carrier: Carrier): Promise<void> {
    const { from: to, id, url, method, headers, body } = message;
    try {
      const response = await this.#requireCloud().fetch(
        new Request(url, { method, headers, body: body ?? null }),
      );
      const bytes = new Uint8Array(await response.arrayBuffer());
      const reply = { to, id, status: response.status, headers: [...response.headers], body: bytes };
      carrier.post({ kind: 'response', ...reply }, [bytes.buffer]);
    } catch (error) {
      carrier.post({ kind: 'unanswered', to, id, message: messageOf(error) });
    }
  }

  async #obey(message: ToEngine & { kind: 'command' }, carrier: Carrier): Promise<void> {
    const { from: to, id } = message;
    try {
      const salvaged = await this.#execute(message);
      carrier.post({ kind: 'done', to, id, ...(salvaged && { salvaged }) });
    } catch (error) {
      carrier.post({ kind: 'done', to, id, failure: messageOf(error) });
    }
  }

  async #look({ from: to, id, look }: ToEngine & { kind: 'look' }, carrier: Carrier): Promise<void> {
    try {
      carrier.post({ kind: 'seen', to, id, answer: await this.#requireCloud().look(look) });
    } catch (error) {
      carrier.post({ kind: 'seen', to, id, failure: messageOf(error) });
    }
  }

  async #operate({ from: to, id, act }: ToEngine & { kind: 'operate' }, carrier: Carrier): Promise<void> {
    try {
      const cloud = this.#requireCloud();
      const report = await cloud.operate(act);
      this.#tellChange(cloud, await cloud.view());
      carrier.post({ kind: 'operated', to, id, report });
    } catch (error) {
      carrier.post({ kind: 'operated', to, id, failure: messageOf(error) });
    }
  }

  async #backUp({ from: to, id, job }: ToEngine & { kind: 'backup' }, carrier: Carrier): Promise<void> {
    try {
      const cloud = this.#requireCloud();
      switch (job.do) {
        case 'write': {
          const file = await cloud.backup(job.passphrase);
          carrier.post({ kind: 'backed-up', to, id, file }, [file.buffer]);
          return;
        }
        case 'inspect': {
          const summary = await cloud.inspectBackup(job.file, job.passphrase);
          carrier.post({ kind: 'backed-up', to, id, summary });
          return;
        }
        case 'restore':
          await cloud.restore(job.file, job.passphrase);
          await this.#welcomeAnew(cloud);
          carrier.post({ kind: 'backed-up', to, id });
      }
    } catch (error) {
      carrier.post({ kind: 'backed-up', to, id, failure: messageOf(error) });
    }
  }

  #noticeCommit(cloud: Cloud): void {
    if (this.#isNewsOnItsWay) return;
    this.#isNewsOnItsWay = true;
    // A cloud whose module is gone has no news.
    setTimeout(() => void this.#tellNews(cloud).catch(() => undefined), newsDelay);
  }

  /** What no request's observation has told: records that were stored together later, what time has brought about. */
  async #tellNews(cloud: Cloud): Promise<void> {
    this.#isNewsOnItsWay = false;
    const view = await cloud.view();
    if (view.sequence > this.#told) this.#tellChange(cloud, view);
    await this.#setAlarm(cloud);
  }

  /** What is due happens at its time, though nobody asks anything then. A clock that stands makes nothing due. */
  async #setAlarm(cloud: Cloud): Promise<void> {
    clearTimeout(this.#alarm);
    const { now, pace } = (await cloud.view()).clock;
    const [next] = await cloud.look({ name: 'upcoming', query: {} });
    if (!next || pace !== 'real') return;
    const wait = Math.max(shortestWait, next.time - now);
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(
      () =>
        void (async () => {
          await cloud.letTimePass();
          // What has happened is a commit, and sets the alarm anew; what cannot happen now waits for another.
          if (wait > longestWait) await this.#setAlarm(cloud);
        })().catch(() => undefined),
      Math.min(wait, longestWait),
    );
  }

  #tellChange(cloud: Cloud, view: CloudView): void {
    this.#told = view.sequence;
    const identities = cloud.identities();
    const names = namesOf(identities);
    this.#postAll({ kind: 'changed', view, ...(names !== this.#names && { identities }) });
    this.#names = names;
  }

  #requireCloud(): Cloud {
    if (!this.#cloud) throw new Error('There is no cloud');
    return this.#cloud;
  }

  async #execute({ command, founding }: ToEngine & { kind: 'command' }): Promise<Salvage | undefined> {
    const cloud = this.#cloud;
    switch (command) {
      case 'flush':
        await cloud?.flush();
        return undefined;
      case 'salvage':
        return this.#options.salvage();
      case 'reset':
        if (!cloud || !(await this.#empty(cloud, founding))) await this.#deleteAll();
        return undefined;
    }
  }

  /** Where the wanted scenario is refused, a cloud without one is founded before that is told. */
  async #empty(cloud: Cloud, founding: Founding = {}): Promise<boolean> {
    let refusal: ScenarioError | undefined;
    try {
      await cloud.reset(founding).catch((error: unknown) => {
        if (!(error instanceof ScenarioError)) throw error;
        refusal = error;
        return cloud.reset();
      });
    } catch {
      return false;
    }
    await this.#welcomeAnew(cloud);
    if (refusal) throw refusal;
    return true;
  }

  /** The cloud is another one. */
  async #welcomeAnew(cloud: Cloud): Promise<void> {
    this.#recent = [];
    this.#trouble = undefined;
    this.#postAll(await this.#welcome(cloud));
  }

  /** What cannot be emptied may still be deleted. A successor then founds a cloud on what is there. */
  async #deleteAll(): Promise<void> {
    clearTimeout(this.#alarm);
    await this.#cloud?.close().catch(() => {});
    this.#cloud = undefined;
    await this.#options.destroy();
    // The answer to the command goes out first.
    setTimeout(() => this.#options.end());
  }

  async #welcome(cloud: Cloud): Promise<Welcome> {
    const view = await cloud.view();
    const identities = cloud.identities();
    this.#told = view.sequence;
    this.#names = namesOf(identities);
    return {
      kind: 'welcome',
      engine: this.#options.engine,
      identities,
      view,
      recent: this.#recent,
      trouble: this.#trouble,
    };
  }

  #reportTrouble(message: string | undefined): void {
    if (message === this.#trouble) return;
    this.#trouble = message;
    this.#postAll({ kind: 'trouble', message });
  }

  #postAll(message: ToTab): void {
    for (const carrier of this.#carriers) carrier.post(message);
  }
}

/** Two lists of principals with the same names here are the same for a tab. */
function namesOf(identities: readonly Identity[]): string {
  return identities
    .map(({ description, credentials }) => `${credentials.accessKeyId} ${description}`)
    .join('\n');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
