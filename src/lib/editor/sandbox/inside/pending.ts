/** How long nothing may be under way before a program counts as ended, in milliseconds. */
const quiet = 60;

/**
 * What a program still waits for. As in Node, it ends when its modules have run and nothing is under way: no request,
 * no work of Web Crypto, no timer.
 */
export class Pending {
  #count = 0;
  #onIdle: (() => void) | undefined;
  #check: ReturnType<typeof setTimeout> | undefined;
  // The program may put others in their place.
  readonly #setTimeout = setTimeout.bind(globalThis);
  readonly #clearTimeout = clearTimeout.bind(globalThis);

  /** Counts `work` as under way until it settles. */
  async until<Value>(work: Promise<Value>): Promise<Value> {
    this.add();
    try {
      return await work;
    } finally {
      this.done();
    }
  }

  add(): void {
    this.#count++;
    this.#clearTimeout(this.#check);
  }

  done(): void {
    this.#count--;
    this.#watch();
  }

  /** Resolves when nothing has been under way for a moment. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#watch();
    });
  }

  #watch(): void {
    if (this.#count > 0 || !this.#onIdle) return;
    this.#clearTimeout(this.#check);
    this.#check = this.#setTimeout(this.#onIdle, quiet);
  }
}

/** Counts the program's timers. */
export function countTimers(pending: Pending): void {
  const {
    setTimeout: later,
    clearTimeout: cancel,
    setInterval: repeat,
    clearInterval: cancelRepeat,
  } = globalThis;
  const waiting = new Set<number>();
  const forget = (id: number | undefined): void => {
    if (id !== undefined && waiting.delete(id)) pending.done();
  };
  const note = (id: number): number => {
    waiting.add(id);
    pending.add();
    return id;
  };
  // As Node has it; a string would have to be evaluated.
  const check = (act: unknown): void => {
    if (typeof act !== 'function') throw new TypeError('The callback of a timer must be a function');
  };
  Object.assign(globalThis, {
    setTimeout: (act: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => {
      check(act);
      const id: number = later(() => {
        try {
          act(...args);
        } finally {
          forget(id);
        }
      }, delay) as unknown as number;
      return note(id);
    },
    clearTimeout: (id?: number) => {
      cancel(id);
      forget(id);
    },
    setInterval: (act: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => {
      check(act);
      return note(repeat(act, delay, ...args) as unknown as number);
    },
    clearInterval: (id?: number) => {
      cancelRepeat(id);
      forget(id);
    },
  });
}
