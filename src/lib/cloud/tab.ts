import {
  channelNames,
  lockNames,
  type BackupJob,
  type Command,
  type Founding,
  type Salvage,
  type Start,
  type ToEngine,
  type ToTab,
  type Welcome,
} from '$workers/protocol.ts';
import { whenReleased } from '$workers/locks.ts';
import type { Look } from '$engine/look/look.ts';
import type { CloudView, Identity, Observation } from '$engine/observation.ts';
import type { ActReport, OperatorAct } from '$engine/operator/acts.ts';
import { cloudMessages } from '$lib/strings/cloud.ts';
import { PendingCalls } from './calls.ts';
import { gate } from './gate.ts';

/** What a tab hears of the cloud. Messages are meant for the learner. */
export interface TabListener {
  starting(): void;
  welcomed(welcome: Welcome): void;
  failed(message: string): void;
  observed(observation: Observation): void;
  changed(view: CloudView, identities: Identity[] | undefined): void;
  troubled(message: string | undefined): void;
}

/** How long a start may take, in milliseconds. It takes less than one second, or several over a slow network. */
const patience = 30_000;

/**
 * This tab's part in the one cloud that all tabs of this origin share.
 *
 * A Web Lock elects the tab that runs the workers; when it goes, the lock passes to another tab, which starts
 * workers of its own on the same databases. Requests that were under way then fail as on a broken network.
 * There is no SharedWorker: in Chromium it could not start the module's worker, and a second way of doing the
 * same would need all tests twice.
 */
export class CloudTab {
  readonly #listener: TabListener;
  readonly #id = crypto.randomUUID();
  readonly #calls = new PendingCalls();
  /** The worker, in the tab that runs it. */
  #worker: Worker | undefined;
  /** The channels, where tabs can share one cloud. */
  #channels: { toEngine: BroadcastChannel; toTabs: BroadcastChannel } | undefined;
  /** Leaves the election, or the office. */
  #stepDown = new AbortController();
  /** The engine that has last been heard of, as long as it is the present one. */
  #engine: string | undefined;
  #up = gate<string>();
  /** How many workers in a row have ended before they had anything to say. */
  #stillborn = 0;
  /** Why this tab's own worker does not run. */
  #failureHere: string | undefined;
  #alarm: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: TabListener) {
    this.#listener = listener;
  }

  /** Takes part. The listener hears how it goes. */
  join(): void {
    this.#starting();
    this.#stepDown = new AbortController();
    if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) {
      this.#startWorker();
      return;
    }

    const { signal } = this.#stepDown;
    const office = navigator.locks.request(lockNames.tab, { signal }, () => {
      this.#startWorker();
      this.#standIn();
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    });
    this.#openChannels();
    office.catch(() => {
      if (signal.aborted) return;
      // Some browsers refuse locks where they refuse storage; then no tab can share anything.
      this.#closeChannels();
      this.#startWorker();
    });
  }

  /** Leaves, for instance because the page is put away. Another tab may take over. */
  leave(): void {
    this.#starting();
    clearTimeout(this.#alarm);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#closeChannels();
    this.#stepDown.abort();
  }

  /**
   * Sends a request to the cloud, as soon as it is up.
   * @throws TypeError as `fetch` does when the network fails; the signal's reason when it aborts
   */
  async fetch(request: Request): Promise<Response> {
    const { method, url, signal } = request;
    signal.throwIfAborted();
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const body = hasBody ? new Uint8Array(await request.arrayBuffer()) : undefined;
    const engine = await this.#up.passed;
    signal.throwIfAborted();
    const message = { kind: 'request', from: this.#id, engine, method, url, body } as const;
    const reply = await this.#calls.ask<ToTab & { kind: 'response' }>((id) => {
      const headers = [...request.headers];
      this.#post({ ...message, id, headers }, body ? [body.buffer] : []);
    }, signal);
    return new Response(reply.body, { status: reply.status, headers: reply.headers });
  }

  /**
   * Resolves with what `salvage` yields. Rejects with an error whose message is meant for the learner.
   */
  async command(command: Command, founding: Founding = {}): Promise<Salvage | undefined> {
    const engine = this.#engine;
    if (engine === undefined) throw new Error(cloudMessages.noEngine);
    const { failure, salvaged } = await this.#calls.ask<ToTab & { kind: 'done' }>((id) =>
      this.#post({ kind: 'command', from: this.#id, engine, id, command, founding }),
    );
    if (failure !== undefined) throw new Error(failure);
    return salvaged;
  }

  /** Rejects with a message for the learner. */
  async look(look: Look): Promise<unknown> {
    const engine = await this.#up.passed;
    const { failure, answer } = await this.#calls.ask<ToTab & { kind: 'seen' }>((id) =>
      this.#post({ kind: 'look', from: this.#id, engine, id, look }),
    );
    if (failure !== undefined) throw new Error(failure);
    return answer;
  }

  /** Rejects with a message for the learner. */
  async operate(act: OperatorAct): Promise<ActReport> {
    const engine = await this.#up.passed;
    const { failure, report } = await this.#calls.ask<ToTab & { kind: 'operated' }>((id) =>
      this.#post({ kind: 'operate', from: this.#id, engine, id, act }),
    );
    if (!report) throw new Error(failure);
    return report;
  }

  /** Rejects with a message for the learner. */
  async backUp(job: BackupJob): Promise<ToTab & { kind: 'backed-up' }> {
    const engine = await this.#up.passed;
    const answer = await this.#calls.ask<ToTab & { kind: 'backed-up' }>((id) =>
      this.#post({ kind: 'backup', from: this.#id, engine, id, job }),
    );
    if (answer.failure !== undefined) throw new Error(answer.failure);
    return answer;
  }

  /** Starts the workers anew, in whichever tab they are. */
  restart(): void {
    if (this.#worker) {
      this.#startWorker();
      return;
    }
    this.#starting();
    this.#post({ kind: 'restart' });
  }

  #startWorker(): void {
    this.#starting();
    this.#worker?.terminate();
    const worker = new Worker(new URL('../../workers/engine.worker.ts', import.meta.url), {
      type: 'module',
      name: 'engine',
    });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<ToTab>): void => {
      if (worker === this.#worker) this.#hear(data);
    };
    worker.onerror = (): void => {
      if (worker === this.#worker && this.#engine === undefined) this.#failedHere(cloudMessages.workerFailed);
    };
    worker.postMessage({ kind: 'start', shared: this.#channels !== undefined } satisfies Start);
  }

  #hear(message: ToTab): void {
    switch (message.kind) {
      case 'elected':
        this.#watch();
        this.#post({ kind: 'hello', from: this.#id });
        break;
      case 'ending':
        // Where there are locks, the release of the worker's own tells us.
        if (!this.#channels) this.#startWorker();
        break;
      case 'welcome':
        this.#welcomed(message);
        break;
      case 'failed':
        this.#failed(message.message);
        this.#engine = message.engine;
        break;
      case 'observation':
        this.#listener.observed(message.observation);
        break;
      case 'trouble':
        this.#listener.troubled(message.message);
        break;
      case 'changed':
        this.#listener.changed(message.view, message.identities);
        break;
      case 'response':
      case 'seen':
      case 'operated':
      case 'backed-up':
      case 'done':
        if (message.to === this.#id) this.#calls.answer(message.id, message);
        break;
      case 'unanswered':
        if (message.to === this.#id) this.#calls.fail(message.id, message.message);
        break;
    }
  }

  /** Waits for the end of the worker, however it comes, and starts its successor. */
  #watch(): void {
    const worker = this.#worker;
    if (!this.#channels) return;
    void whenReleased(lockNames.engine).then(() => {
      if (worker !== this.#worker) return;
      if (this.#engine === undefined) this.#stillbornWorker(cloudMessages.workerDied);
      else this.#startWorker();
    });
  }

  /** A worker that did not even get up: another may, but not for ever. */
  #stillbornWorker(message: string): void {
    if (this.#stillborn++ === 0) this.#startWorker();
    else this.#failedHere(message);
  }

  /** In the tab that runs the workers: does for other tabs what a worker that does not run cannot do. */
  #standIn(): void {
    if (!this.#channels) return;
    this.#channels.toEngine.onmessage = ({ data }: MessageEvent<ToEngine>): void => {
      if (data.kind === 'restart') this.restart();
      if (data.kind === 'hello' && this.#failureHere !== undefined) this.#failedHere(this.#failureHere);
    };
  }

  #welcomed(welcome: Welcome): void {
    if (welcome.to !== undefined && welcome.to !== this.#id) return;
    if (welcome.engine !== this.#engine) this.#calls.failAll('The engine was started anew.');
    this.#engine = welcome.engine;
    this.#stillborn = 0;
    this.#failureHere = undefined;
    clearTimeout(this.#alarm);
    if (this.#up.isSettled) this.#up = gate();
    this.#up.open(welcome.engine);
    this.#listener.welcomed(welcome);
    // Only who has said hello to this engine is told of each request.
    if (welcome.to === undefined && !this.#worker) this.#post({ kind: 'hello', from: this.#id });
  }

  /** Of this tab's own worker, which cannot tell the other tabs. */
  #failedHere(message: string): void {
    this.#stillborn = 0;
    this.#failureHere = message;
    this.#channels?.toTabs.postMessage({ kind: 'failed', engine: undefined, message } satisfies ToTab);
    this.#failed(message);
  }

  #failed(message: string): void {
    clearTimeout(this.#alarm);
    this.#calls.failAll(message);
    this.#up.close(message);
    this.#listener.failed(message);
  }

  #starting(): void {
    this.#calls.failAll('The engine is being started anew.');
    this.#engine = undefined;
    this.#failureHere = undefined;
    if (this.#up.isSettled) this.#up = gate();
    this.#listener.starting();
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => {
      if (this.#worker) this.#stillbornWorker(cloudMessages.workerSilent);
      else this.#failed(cloudMessages.workerSilent);
    }, patience);
  }

  #openChannels(): void {
    this.#channels = {
      toEngine: new BroadcastChannel(channelNames.toEngine),
      toTabs: new BroadcastChannel(channelNames.toTabs),
    };
    this.#channels.toTabs.onmessage = ({ data }: MessageEvent<ToTab>): void => {
      // The tab that runs the worker hears it directly.
      if (!this.#worker) this.#hear(data);
    };
    this.#post({ kind: 'hello', from: this.#id });
  }

  #closeChannels(): void {
    this.#channels?.toEngine.close();
    this.#channels?.toTabs.close();
    this.#channels = undefined;
  }

  #post(message: ToEngine, transfer: Transferable[] = []): void {
    if (this.#worker) this.#worker.postMessage(message, transfer);
    else this.#channels?.toEngine.postMessage(message);
  }
}
