import type { FromWorker, WireResponse } from '../protocol.ts';
import type { Pending } from './pending.ts';

/** The program's `fetch`: each request goes to the page, which hands AWS's to the learner's cloud. */
export class RequestPort {
  readonly #waiting = new Map<number, { resolve(response: Response): void; reject(error: unknown): void }>();
  readonly #post: (message: FromWorker) => void;
  readonly #pending: Pending;
  #lastId = 0;

  constructor(post: (message: FromWorker) => void, pending: Pending) {
    this.#post = post;
    this.#pending = pending;
  }

  fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
    this.#pending.until(this.#send(new Request(input, init)));

  answer(id: number, { status, headers, body }: WireResponse): void {
    const isEmpty = status === 204 || status === 304;
    this.#take(id)?.resolve(new Response(isEmpty ? null : body, { status, headers }));
  }

  fail(id: number, message: string): void {
    this.#take(id)?.reject(new TypeError(message));
  }

  async #send(request: Request): Promise<Response> {
    const { method, url, signal } = request;
    signal.throwIfAborted();
    const body = new Uint8Array(await request.arrayBuffer());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      signal.addEventListener('abort', () => this.#take(id)?.reject(signal.reason), { once: true });
      this.#post({ type: 'request', id, request: { method, url, headers: [...request.headers], body } });
    });
  }

  #take(id: number): { resolve(response: Response): void; reject(error: unknown): void } | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}
