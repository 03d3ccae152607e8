import { fromBase64, toBase64 } from '$lib/envelope/base64.ts';
import { anatomyOf } from './anatomy/anatomy.ts';
import type { Inside } from './anatomy/parts.ts';

/** Bytes that lie under the glass. */
export interface Sample {
  bytes: Uint8Array<ArrayBuffer>;
  /** Where they come from, in a few words. */
  from: string;
  /** The encryption context that belongs to them, where whatever they stood in tells. */
  context?: Record<string, string>;
}

/** What Decrypt takes at most; longer bytes are not written into addresses. */
const mostInAddress = 6144;

/** The bytes that are looked at, and those that they stand inside of. */
export class Specimen {
  #samples = $state.raw<Sample[]>([]);
  readonly #sample = $derived(this.#samples.at(-1));
  readonly #anatomy = $derived(this.#sample && anatomyOf(this.#sample.bytes));

  get sample(): Sample | undefined {
    return this.#sample;
  }

  get anatomy() {
    return this.#anatomy;
  }

  /** What the bytes were taken out of, the outermost first. */
  get around(): readonly Sample[] {
    return this.#samples.slice(0, -1);
  }

  /** The bytes as an address has them; `undefined` when they are too long for one. */
  get address(): string | undefined {
    const bytes = this.#sample?.bytes;
    return bytes && bytes.length <= mostInAddress ? toBase64(bytes) : undefined;
  }

  lay(sample: Sample): void {
    this.#samples = [sample];
  }

  /** Goes into a blob that stands inside. */
  zoom({ blob: bytes, context }: Inside, from: string): void {
    this.#samples = [...this.#samples, { bytes, from, context }];
  }

  /** Comes back out, to the sample at this place in `around`. */
  back(index: number): void {
    this.#samples = this.#samples.slice(0, index + 1);
  }

  /** Takes over what an address says; tells whether that was anything. */
  arrive(address: string, from: string): boolean {
    if (address === this.address) return true;
    const bytes = address.length <= 2 * mostInAddress ? fromBase64(address) : undefined;
    if (!bytes?.length) return false;
    this.lay({ bytes, from });
    return true;
  }
}
