import { AwsFault } from './signed-client.ts';

/** Why something was not done, for the learner. */
export interface Fault {
  /** AWS's error name, or an envelope fault. */
  name: string;
  message: string;
  /** Of the request that was refused; absent when KMS was not asked. */
  requestId: string | undefined;
}

/** One thing that a page does: under way, done with an output, or refused. */
export class Attempt<Output> {
  #busy = $state.raw(false);
  #output = $state.raw<Output>();
  #fault = $state.raw<Fault>();

  get busy(): boolean {
    return this.#busy;
  }

  get output(): Output | undefined {
    return this.#output;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Does the work, unless it is being done. What came of an earlier attempt is forgotten. */
  async run(work: () => Promise<Output>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.clear();
    try {
      this.#output = await work();
    } catch (error) {
      this.#fault = faultOf(error);
    } finally {
      this.#busy = false;
    }
  }

  clear(): void {
    this.#output = undefined;
    this.#fault = undefined;
  }
}

/** What went wrong, in words. Nothing, where the learner stopped it. */
export function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), requestId: undefined };
  if (error.name === 'AbortError') return undefined;
  return {
    name: error.name,
    message: error.message,
    requestId: error instanceof AwsFault ? error.requestId : undefined,
  };
}
