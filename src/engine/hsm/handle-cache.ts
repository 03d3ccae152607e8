import { equal } from './bytes.ts';
import type { ExportedKeyToken } from './hsm.ts';
import { sameIdentity } from './key-token.ts';

interface Entry {
  token: ExportedKeyToken;
  /** By purpose: Web Crypto ties a handle to one algorithm. */
  handles: Map<string, CryptoKey>;
}

/**
 * Handles of backing keys that the module has unsealed, for the tokens used last.
 *
 * AWS's modules too hold keys in volatile memory while they use them; what counts is that none gets out.
 * A handle is non-extractable, so that holding it shows nobody anything. It spares each call an AES-GCM
 * decryption and a key import. An entry serves only a token that equals the unsealed one in every field,
 * so an altered token never profits from a good one.
 */
export class HandleCache {
  readonly #entries = new Map<string, Entry>();
  readonly #capacity: number;

  /** @param capacity how many tokens' handles to hold; the one unused for longest goes first */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get count(): number {
    let count = 0;
    for (const { handles } of this.#entries.values()) count += handles.size;
    return count;
  }

  get(token: ExportedKeyToken, purpose: string): CryptoKey | undefined {
    const entry = this.#entries.get(token.materialId);
    if (entry === undefined || !sameToken(entry.token, token)) return undefined;
    this.#entries.delete(token.materialId);
    this.#entries.set(token.materialId, entry);
    return entry.handles.get(purpose);
  }

  /** Remembers the handle of a token whose seal was found good. */
  set(token: ExportedKeyToken, purpose: string, handle: CryptoKey): void {
    const entry = this.#entries.get(token.materialId);
    if (entry !== undefined && sameToken(entry.token, token)) {
      entry.handles.set(purpose, handle);
      return;
    }
    // A copy: who owns the token may change its bytes later.
    const copy = { ...token, iv: token.iv.slice(), sealed: token.sealed.slice() };
    this.#entries.delete(token.materialId);
    this.#entries.set(token.materialId, { token: copy, handles: new Map([[purpose, handle]]) });
    if (this.#entries.size > this.#capacity) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest!);
    }
  }

  forget(materialId: string): void {
    this.#entries.delete(materialId);
  }
}

function sameToken(a: ExportedKeyToken, b: ExportedKeyToken): boolean {
  return sameIdentity(a, b) && equal(a.iv, b.iv) && equal(a.sealed, b.sealed);
}
