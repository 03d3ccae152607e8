import { fromBase64, toBase64 } from '$lib/envelope/base64.ts';
import { bytesOfHex } from '../import/material.ts';

export type InputMode = 'text' | 'base64' | 'hex' | 'file';

/** Bytes while they are being given: as text, in an encoding, or as a file. */
export class BytesInput {
  mode = $state<InputMode>('text');
  text = $state('');
  #file = $state.raw<{ name: string; bytes: Uint8Array<ArrayBuffer> }>();

  constructor(mode: InputMode = 'text') {
    this.mode = mode;
  }

  /** `undefined` while they cannot be read. */
  get bytes(): Uint8Array<ArrayBuffer> | undefined {
    if (this.mode === 'file') return this.#file?.bytes;
    if (this.mode === 'text') return new TextEncoder().encode(this.text);
    return this.mode === 'hex' ? bytesOfHex(this.text) : fromBase64(this.text.replace(/\s/g, ''));
  }

  get isEmpty(): boolean {
    return this.mode === 'file' ? this.#file === undefined : this.text === '';
  }

  get fileName(): string | undefined {
    return this.mode === 'file' ? this.#file?.name : undefined;
  }

  /** Shows these bytes, in Base64. */
  put(bytes: Uint8Array): void {
    this.mode = 'base64';
    this.text = toBase64(bytes);
  }

  async read(file: File): Promise<void> {
    this.#file = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  }
}
