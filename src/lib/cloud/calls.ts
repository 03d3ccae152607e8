/** A request or command that waits for its answer. */
interface Waiting {
  resolve(answer: unknown): void;
  reject(reason: unknown): void;
  /** Stops listening to the asker's signal. */
  unhook(): void;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * How long an answer may take, in milliseconds. Answers come in milliseconds, an RSA key in seconds; only an
 * engine in a tab that the system has frozen stays silent this long.
 */
const patience = 60_000;

/** Numbers questions and matches answers to them. Every question is settled in the end. */
export class PendingCalls {
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** Asks by `send`, which is given the question's number. */
  ask<Answer>(send: (id: number) => void, signal?: AbortSignal): Promise<Answer> {
    const id = ++this.#lastId;
    return new Promise<Answer>((resolve, reject) => {
      const giveUp = (): void => {
        this.#take(id)?.reject(signal?.reason);
      };
      const unhook = (): void => signal?.removeEventListener('abort', giveUp);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#waiting.set(id, {
        resolve: resolve,
        reject,
        unhook,
        timer: setTimeout(() => this.fail(id, 'The engine did not answer.'), patience),
      });
      send(id);
    });
  }

  answer(id: number, answer: unknown): void {
    this.#take(id)?.resolve(answer);
  }

  fail(id: number, reason: string): void {
    this.#take(id)?.reject(networkError(reason));
  }

  failAll(reason: string): void {
    for (const id of [...this.#waiting.keys()]) this.fail(id, reason);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (!waiting) return undefined;
    clearTimeout(waiting.timer);
    waiting.unhook();
    this.#waiting.delete(id);
    return waiting;
  }
}

/**
 * What `fetch` rejects with when the network breaks, so that AWS SDKs retry as they would there. They know
 * it by exactly this message (smithy-typescript, service-error-classification).
 */
export function networkError(reason: string): TypeError {
  return new TypeError('Failed to fetch', { cause: reason });
}
