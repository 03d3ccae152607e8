/** The page's hand on the envelope worker. Nothing is loaded before the first call. */
import { proxy, transfer, wrap, type Remote } from 'comlink';
import type { EnvelopeHeader } from './format.ts';
import type { EnvelopeMachine } from './machine.ts';
import type { SealedWith } from './stream.ts';

export type OnProgress = (done: number, total: number) => void;

export class EnvelopeClient {
  #worker: Worker | undefined;
  #machine: Remote<EnvelopeMachine> | undefined;

  /**
   * Gives a plaintext data key to the worker. The copy that travels is transferred, so that it exists
   * in one place at a time, and wiped there; `bytes` itself stays with the caller, who must wipe it.
   */
  async hold(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const copy = bytes.slice();
    await this.#start().hold(transfer(copy, [copy.buffer]));
  }

  /** Resolves once the worker has dropped the key. */
  async forget(): Promise<void> {
    await this.#machine?.forget();
  }

  async holdsKey(): Promise<boolean> {
    return (await this.#machine?.holdsKey()) ?? false;
  }

  async cancel(): Promise<void> {
    await this.#machine?.cancel();
  }

  seal(
    file: Blob,
    sealedWith: SealedWith,
    onProgress: OnProgress,
  ): Promise<{ envelope: Blob; header: EnvelopeHeader; durable: boolean }> {
    return this.#start().seal(file, sealedWith, proxy(onProgress));
  }

  open(envelope: Blob, onProgress: OnProgress): Promise<{ content: Blob; header: EnvelopeHeader }> {
    return this.#start().open(envelope, proxy(onProgress));
  }

  kept(): Promise<Blob | undefined> {
    return this.#start().kept();
  }

  async clearKept(): Promise<void> {
    await this.#start().clearKept();
  }

  /** Ends the worker, and with it the key and whatever was under way. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#machine = undefined;
  }

  #start(): Remote<EnvelopeMachine> {
    if (!this.#machine) {
      this.#worker = new Worker(new URL('../../workers/envelope.worker.ts', import.meta.url), {
        type: 'module',
        name: 'envelope',
      });
      this.#machine = wrap<EnvelopeMachine>(this.#worker);
    }
    return this.#machine;
  }
}
