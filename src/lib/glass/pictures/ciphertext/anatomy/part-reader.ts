import type { Layer } from '$engine/trace/trace.ts';
import type { Part } from './parts.ts';

/** The bytes are not what the format wants. The message is for the learner. */
export class Unreadable extends Error {}

/** What a part is, besides its bytes. */
type Naming = Pick<Part, 'name' | 'meaning'> & { layer?: Layer } & Pick<Part, 'value' | 'inside'>;

/** Reads bytes from front to back, and names each run that it reads. */
export class PartReader {
  readonly parts: Part[] = [];
  readonly #bytes: Uint8Array;
  #offset = 0;
  #depth = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get offset(): number {
    return this.#offset;
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  /** The next bytes, not yet read. Throws `Unreadable` where there are fewer. */
  peek(length: number, what: string): Uint8Array<ArrayBuffer> {
    if (length > this.left) {
      throw new Unreadable(`${what} should have ${length} bytes, and only ${this.left} are left.`);
    }
    return this.#bytes.slice(this.#offset, this.#offset + length);
  }

  /** Reads and names the next bytes; `name` may depend on them. An empty run is no part. */
  take(
    length: number,
    what: string,
    name: (bytes: Uint8Array) => Omit<Naming, 'name'>,
  ): Uint8Array<ArrayBuffer> {
    const bytes = this.peek(length, what);
    const { layer, ...naming } = name(bytes);
    if (length > 0) {
      this.parts.push({ name: what, ...naming, layer, offset: this.#offset, length, depth: this.#depth });
    }
    this.#offset += length;
    return bytes;
  }

  /** Reads an unsigned number, most significant byte first. */
  number(length: number, what: string, meaning: string): number {
    const bytes = this.take(length, what, (taken) => ({ meaning, value: String(numberIn(taken)) }));
    return numberIn(bytes);
  }

  /** Puts a frame around what `read` reads. It stays even if `read` throws. */
  group<Result>(name: string, meaning: string, read: () => Result): Result {
    const part: Part = {
      name,
      meaning,
      layer: undefined,
      offset: this.#offset,
      length: 0,
      depth: this.#depth,
      group: true,
    };
    this.parts.push(part);
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
      part.length = this.#offset - part.offset;
    }
  }
}

/** Big-endian. */
export function numberIn(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** UTF-8 that is none reads with replacement characters: it is for show. */
export function textIn(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
