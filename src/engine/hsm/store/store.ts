/**
 * What the module keeps when it is switched off: how it was founded, and its long-lived keys, as handles that
 * nobody can read.
 *
 * How far the wall goes: the browser keeps the bytes of non-extractable keys from every script. But a domain key's
 * handle is fit to unwrap tokens, and Web Crypto lets whoever unwraps choose an extractable key. So the store must
 * be the module's alone, as a hardware module's memory is. Scripts of another origin, such as a learner's code in
 * its sandbox, cannot open it; scripts of this origin, and so a person at the browser's own console, could.
 */

/** How the module began. */
export interface Founding {
  /** A version 4 UUID. */
  moduleId: string;
  /** What everything that the module makes follows from, if anything. */
  seed?: string;
}

/** One of the module's own long-lived keys: secret or private, non-extractable. */
export interface Secret {
  /** A version 4 UUID. */
  id: string;
  key: CryptoKey;
  /** Milliseconds since the Unix epoch. */
  created: number;
  /** What everybody may know of a private key: its SubjectPublicKeyInfo, or a certificate. DER. */
  public?: Uint8Array;
}

/** Under which names the module keeps its keys. */
export const secretNames = {
  /** AES-256-GCM, usages `wrapKey` and `unwrapKey`. */
  domainKey: (region: string) => `${domainKeyPrefix}${region}`,
  /** ECDSA P-384, usage `sign`: what a Region's module signs for other Regions (AWS: replication signing key). */
  replicationKey: (region: string) => `replication/${region}`,
  /** ECDSA P-384, usage `sign`: what all attestation of this cloud ends in; `public` is its certificate. */
  attestationRoot: 'attestation-root',
  /** The one domain key of a module from before each Region had a domain of its own; it only opens tokens now. */
  sharedDomainKey: 'domain',
} as const;

const domainKeyPrefix = 'domain/';

/** The Region whose domain key has this name. */
export function regionOfDomainKey(name: string): string | undefined {
  return name.startsWith(domainKeyPrefix) ? name.slice(domainKeyPrefix.length) : undefined;
}

/** Makes one of the module's keys; extractable only for a store that has to keep bytes. */
export type MakeSecret = (extractable: boolean) => Promise<Secret>;

/** All that a store holds. */
export interface Kept {
  founding: Founding;
  /** How often the module has been started since its founding, this time included. */
  starts: number;
  /** By name. */
  secrets: ReadonlyMap<string, Secret>;
}

/**
 * The module's own store, apart from the vault's. One suite of tests runs against each adapter
 * (`tests/hsm/store.test.ts`). All methods but `close` reject with `HsmStoreError`.
 */
export interface HsmStore {
  readonly durability: 'memory' | 'durable';
  /**
   * Counts a start of the module, and gives all that is kept. Keeps `candidate` if the module is not founded yet.
   * Atomic: modules that start at the same time have one founding, and each its own number.
   */
  start(candidate: Founding): Promise<Kept>;
  /**
   * The key under this name, made if there is none yet. Atomic: all who ask at the same time get the same key.
   * Rejects when the store has been founded anew since `moduleId`.
   */
  establish(moduleId: string, name: string, make: MakeSecret): Promise<Secret>;
  /** Forgets every key and begins again; this counts as the first start. */
  refound(next: Founding): Promise<void>;
  close(): void;
}

/** The store below failed: quota exceeded, database broken or blocked. The message is meant for the learner. */
export class HsmStoreError extends Error {
  override readonly name = 'HsmStoreError';
}

/** @throws HsmStoreError when the store no longer belongs to the module that asks */
export function requireSameModule(founding: Founding | undefined, moduleId: string): void {
  if (founding?.moduleId !== moduleId) {
    throw new HsmStoreError('The cryptographic module has been zeroised meanwhile.');
  }
}

/** Runs a store's work, and says in the learner's words what failed. */
export async function guarded<Result>(verb: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof HsmStoreError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HsmStoreError(`The cryptographic module cannot ${verb} its store: ${reason}`, { cause });
  }
}
