import { filesText } from '$lib/strings/files.ts';
import { inUnits } from './sizes.ts';

/** Bytes after which a speed says something. */
const meaningful = 32e6;

/** How far a file has come, and how fast. */
export class FileProgress {
  #total = $state.raw<number>();
  #done = $state.raw(0);
  #seconds = $state.raw(0);
  #begun = 0;

  /** In bytes; `undefined` before anything has begun. */
  get total(): number | undefined {
    return this.#total;
  }

  get done(): number {
    return this.#done;
  }

  /** `212 of 500 MB, 320 MB a second` */
  get detail(): string {
    const amount = filesText.amount(inUnits(this.#done), inUnits(this.#total ?? 0));
    // Of a small file, starting the worker would be most of what is measured.
    if (this.#done < meaningful) return amount;
    return `${amount}, ${filesText.speed(inUnits(Math.round(this.#done / this.#seconds)))}`;
  }

  begin(total: number): void {
    this.#total = total;
    this.#done = 0;
    this.#seconds = 0;
    this.#begun = performance.now();
  }

  readonly advance = (done: number, total: number): void => {
    this.#total = total;
    this.#done = done;
    this.#seconds = (performance.now() - this.#begun) / 1000;
  };
}
