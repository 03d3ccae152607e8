import { clientKms, encryptionSdk } from 'virtual:sandbox';
import type { Door } from '$lib/cloud/signed-client.ts';
import { isAwsEndpoint } from './aws-host.ts';
import { startFrame, textOf } from './frame.ts';
import {
  libraryNames,
  outputLimits,
  type CompiledFile,
  type OutputLevel,
  type ToWorker,
  type WireRequest,
} from './protocol.ts';
import { readMessage } from './read-message.ts';

/** A program, ready to run. */
export interface Program {
  files: CompiledFile[];
  /** Which of them is run. */
  entry: string;
  /** Its `process.env`. */
  environment: Record<string, string>;
  /** How long it may take, in milliseconds. */
  limit: number;
}

/** `failed`: it threw, or left with a code other than 0. `flood`: it sent more than a sandbox may. */
export type Ending = 'done' | 'failed' | 'limit' | 'stopped' | 'flood' | 'broken';

export interface Listener {
  output(level: OutputLevel, text: string): void;
}

/** More than this at a time, and the engine would do nothing else. */
const mostRequests = 200;
/** Far above what the worker lets through: who sends more has got around it. */
const mostMessages = outputLimits.entries + 20_000;

/**
 * One sandbox, for one run: a frame of an opaque origin, with a worker in it. It is prepared beforehand, with AWS's SDK
 * in it, so that a program starts at once; and it goes when the program has ended.
 */
export class Sandbox {
  readonly #door: Door;
  readonly #gone = new AbortController();
  readonly #ready: Promise<MessagePort>;
  #listener: Listener | undefined;
  #end: ((ending: Ending) => void) | undefined;
  #messages = 0;
  #requests = 0;

  constructor(door: Door) {
    this.#door = door;
    this.#ready = this.#prepare();
    // Who runs a program hears of it.
    this.#ready.catch(() => {});
  }

  /** Runs a program, once. Never rejects. */
  async run(program: Program, listener: Listener): Promise<Ending> {
    // While it was being compiled.
    if (this.#gone.signal.aborted) return 'stopped';
    this.#listener = listener;
    const ending = new Promise<Ending>((resolve) => (this.#end = resolve));
    const timer = setTimeout(() => this.#end?.('limit'), program.limit);
    void this.#start(program).catch(() => this.#end?.('broken'));
    const ended = await ending;
    clearTimeout(timer);
    this.dispose();
    return ended;
  }

  stop(): void {
    this.#end?.('stopped');
    this.dispose();
  }

  /** Takes the sandbox down, whatever it is doing. */
  dispose(): void {
    this.#listener = undefined;
    void this.#ready.then((port) => port.close()).catch(() => {});
    this.#gone.abort();
  }

  async #prepare(): Promise<MessagePort> {
    const port = await startFrame(this.#gone.signal);
    await new Promise<void>((resolve) => {
      port.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (readMessage(data)?.type === 'ready') resolve();
      };
    });
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(port, data);
    tell(port, { type: 'library', name: libraryNames[0], code: await textOf(clientKms) });
    return port;
  }

  async #start({ files, entry, environment }: Program): Promise<void> {
    const port = await this.#ready;
    // Large, and few programs want it.
    const name = libraryNames[1];
    if (files.some(({ code }) => code.includes(name)))
      tell(port, { type: 'library', name, code: await textOf(encryptionSdk) });
    tell(port, { type: 'run', files, entry, environment });
  }

  #hear(port: MessagePort, data: unknown): void {
    if (this.#gone.signal.aborted) return;
    if (++this.#messages > mostMessages) return this.#end?.('flood');
    const message = readMessage(data);
    if (message?.type === 'output') this.#listener?.output(message.level, message.text);
    if (message?.type === 'end') this.#end?.(message.ok ? 'done' : 'failed');
    if (message?.type === 'request') void this.#answer(port, message.id, message.request);
  }

  async #answer(port: MessagePort, id: number, request: WireRequest): Promise<void> {
    const fail = (message: string): void => tell(port, { type: 'failure', id, message });
    if (!isAwsEndpoint(request.url)) {
      fail(`${hostOf(request.url)} cannot be reached: only AWS's endpoints are there, in this cloud`);
      return;
    }
    if (this.#requests >= mostRequests) {
      fail('Too many requests at once');
      return;
    }
    this.#requests++;
    try {
      const response = await this.#door.fetch(toRequest(request));
      const body = new Uint8Array(await response.arrayBuffer());
      const { status } = response;
      if (!this.#gone.signal.aborted)
        tell(port, { type: 'response', id, response: { status, headers: [...response.headers], body } });
    } catch (error) {
      // SDKs know a broken connection, and try again, by this message.
      fail(error instanceof TypeError ? 'Failed to fetch' : String(error));
    } finally {
      this.#requests--;
    }
  }
}

function toRequest({ method, url, headers, body }: WireRequest): Request {
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, { method, headers, ...(hasBody && { body }) });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host || url : url;
}

function tell(port: MessagePort, message: ToWorker): void {
  port.postMessage(message);
}
