import { open, type FileHandle } from 'node:fs/promises';
import type { Promptness } from '../../engine/vault/adapter.ts';
import { ownerOnly } from './files.ts';

interface Waiting {
  line: string;
  promptness: Promptness;
  stored: () => void;
  failed: (error: unknown) => void;
}

/** A file that grows by lines. What is to be written at the same time goes to the disk together. */
export class LogFile {
  readonly #file: FileHandle;
  /** Bytes that are there for certain. */
  #size: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #failure: unknown;

  private constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.#size = size;
  }

  /** Opens or makes a log, and cuts it to `size` bytes. */
  static async open(path: string, size: number): Promise<LogFile> {
    const file = await open(path, 'a', ownerOnly);
    await file.truncate(size);
    return new LogFile(file, size);
  }

  get size(): number {
    return this.#size;
  }

  /** Lines get into the file in the order of the calls. When one cannot be written, neither are those after it. */
  append(line: string, promptness: Promptness): Promise<void> {
    return new Promise((stored, failed) => {
      this.#waiting.push({ line, promptness, stored, failed });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Resolves when everything has been written, or has failed. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(batch);
        for (const { stored } of batch) stored();
      } catch (error) {
        const fallen = [...batch, ...this.#waiting];
        this.#waiting = [];
        for (const { failed } of fallen) failed(error);
      }
    }
    this.#writing = undefined;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    if (this.#failure !== undefined) throw new Error('The file is in doubt.', { cause: this.#failure });
    const bytes = Buffer.from(batch.map(({ line }) => line).join(''));
    try {
      await this.#file.appendFile(bytes);
    } catch (error) {
      // A part may have been written, when the disk is full: it must not stand before what comes next.
      await this.#file.truncate(this.#size).catch((worse: unknown) => (this.#failure = worse));
      throw error;
    }
    if (batch.some(({ promptness }) => promptness === 'strict')) {
      try {
        await this.#file.datasync();
      } catch (error) {
        // What the system has dropped then, nobody knows; only reading it all again will tell.
        this.#failure = error;
        throw error;
      }
    }
    this.#size += bytes.length;
  }
}
