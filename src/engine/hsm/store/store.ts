/**
 * What the module keeps when it is switched off: its domain key, as a handle that nobody can read.
 *
 * How far the wall goes: the browser keeps the bytes of non-extractable keys from every script. But the handle is
 * fit to unwrap tokens, and Web Crypto lets whoever unwraps choose an extractable key. So the store must be the
 * module's alone, as a hardware module's memory is. Scripts of another origin, such as a learner's code in its
 * sandbox, cannot open it; scripts of this origin, and so a person at the browser's own console, could.
 */

/** A domain key: AES-GCM, 256 bits, non-extractable, usages `wrapKey` and `unwrapKey` only. */
export interface DomainKey {
  /** A version 4 UUID. */
  id: string;
  key: CryptoKey;
  /** Milliseconds since the Unix epoch. */
  created: number;
}

/**
 * The module's own store, apart from the vault's. One suite of tests runs against each adapter
 * (`tests/hsm/store.test.ts`).
 */
export interface HsmStore {
  readonly durability: 'memory' | 'durable';
  /**
   * Keeps `candidate` if there is no domain key yet, and gives the one that is kept then. Atomic: modules
   * that start on one store at the same time all get the same key.
   */
  establish(candidate: DomainKey): Promise<DomainKey>;
  /** Puts `next` in the place of the domain key, which is gone then. */
  replace(next: DomainKey): Promise<void>;
  close(): void;
}

/** The store below failed: quota exceeded, database broken or blocked. The message is meant for the learner. */
export class HsmStoreError extends Error {
  override readonly name = 'HsmStoreError';
}
