import { EnvelopeError } from './errors.ts';
import { readLayout, type EnvelopeHeader } from './format.ts';
import type { Output, OutputStore } from './output.ts';
import { importDataKey, openEnvelope, sealEnvelope, type SealedWith, type StreamOptions } from './stream.ts';

type Progress = NonNullable<StreamOptions['onProgress']>;

/**
 * The learner's own program: holds at most one plaintext data key, seals and opens files with it, one at a
 * time. It knows nothing of KMS; the data key comes from outside and never leaves. It lives in a worker.
 */
export class EnvelopeMachine {
  #key: CryptoKey | undefined;
  #job: AbortController | undefined;
  readonly #openStore: () => Promise<OutputStore>;
  #opening: Promise<OutputStore> | undefined;

  constructor(openStore: () => Promise<OutputStore>) {
    this.#openStore = openStore;
  }

  /** Takes a plaintext data key of 32 bytes and wipes the array. Replaces the key held before. */
  async hold(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.forget();
    this.#key = await importDataKey(bytes);
  }

  /** Drops the data key, and stops what is being done with it. */
  forget(): void {
    this.cancel();
    this.#key = undefined;
  }

  holdsKey(): boolean {
    return this.#key !== undefined;
  }

  /** Stops the file under way; its promise rejects with `AbortError` and its output is removed. */
  cancel(): void {
    this.#job?.abort();
  }

  /** Encrypts `file`. The envelope is kept, in place of an earlier one, and survives a reload where it can. */
  async seal(
    file: Blob,
    sealedWith: SealedWith,
    onProgress?: Progress,
  ): Promise<{ envelope: Blob; header: EnvelopeHeader; durable: boolean }> {
    const store = await this.#store();
    const output = await store.create('envelope', file.size, 'application/octet-stream');
    const { result, blob } = await this.#run(output, onProgress, (key, options) =>
      sealEnvelope(key, file, sealedWith, output, options),
    );
    return { envelope: blob, header: result, durable: store.durable };
  }

  /** Decrypts an envelope. Nothing of it comes out unless all of it is authentic. */
  async open(envelope: Blob, onProgress?: Progress): Promise<{ content: Blob; header: EnvelopeHeader }> {
    const { header } = await readLayout(envelope);
    const store = await this.#store();
    const output = await store.create('opened', header.size, header.mediaType);
    const { result, blob } = await this.#run(output, onProgress, (key, options) =>
      openEnvelope(key, envelope, output, options),
    );
    return { content: blob, header: result };
  }

  /** The envelope sealed last, on this page or an earlier one. */
  async kept(): Promise<Blob | undefined> {
    return (await this.#store()).kept();
  }

  async clearKept(): Promise<void> {
    await (await this.#store()).clear();
  }

  #store(): Promise<OutputStore> {
    return (this.#opening ??= this.#openStore());
  }

  async #run<Result>(
    output: Output,
    onProgress: Progress | undefined,
    work: (key: CryptoKey, options: StreamOptions) => Promise<Result>,
  ): Promise<{ result: Result; blob: Blob }> {
    this.cancel();
    const job = (this.#job = new AbortController());
    try {
      if (!this.#key) throw new EnvelopeError('NoDataKey', 'There is no plaintext data key to work with.');
      const options = { signal: job.signal, ...(onProgress && { onProgress }) };
      const result = await work(this.#key, options);
      return { result, blob: await output.finish() };
    } catch (error) {
      await output.discard();
      throw error;
    } finally {
      if (this.#job === job) this.#job = undefined;
    }
  }
}
