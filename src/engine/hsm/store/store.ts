import type { StoredDomain } from './domain-record.ts';

/**
 * What the modules keep when they are switched off: how they were founded, their domains, and their long-lived keys,
 * as handles that nobody can read.
 *
 * How far the wall goes: the browser keeps the bytes of non-extractable keys from every script. But a module's
 * agreement key opens its domain's token, and Web Crypto lets whoever unwraps a domain key choose an extractable one;
 * so it does with what a domain key has sealed. So the store must be the modules' alone, as a hardware module's memory
 * is. Scripts of another origin, such as a learner's code in its sandbox, cannot open it; scripts of this origin, and
 * so a person at the browser's own console, could.
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
  /** AES-256-GCM, usages `wrapKey` and `unwrapKey`: of modules from before domains had tokens. */
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
  /** By Region. */
  domains: ReadonlyMap<string, StoredDomain>;
}

/** A restored module that waits until it is chosen. */
export interface Staged {
  founding: Founding;
  starts: number;
  domains: readonly StoredDomain[];
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
  /** Whether it keeps keys as bytes: then those that it is given must be extractable. */
  readonly keepsBytes: boolean;
  /**
   * Puts a domain's next state in the place of the last, all or nothing, and lets go of the secrets with the names in
   * `forget`. Gives what is kept: of two that found a domain at once, the first. Its keys are non-extractable.
   * Rejects when the store has been founded anew since `moduleId`, and when the domain has been changed since the
   * state that `next` follows.
   */
  keepDomain(moduleId: string, next: StoredDomain, forget?: readonly string[]): Promise<StoredDomain>;
  /** Keeps a restored module beside the one at work, in the place of another that waits. */
  stage(next: Staged): Promise<void>;
  /**
   * Puts the module that waits in the place of the one at work, all or nothing, if it has this id, and counts its
   * start; otherwise forgets it, and gives `undefined`.
   */
  adopt(moduleId: string): Promise<Kept | undefined>;
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

/**
 * Whether a domain's state is to be kept; otherwise what is there has been founded first.
 * @throws HsmStoreError when it follows another state than the one that is there
 */
export function isNext(present: StoredDomain['revision'] | undefined, next: StoredDomain): boolean {
  if (next.revision === (present ?? 0) + 1) return true;
  if (next.revision === 1) return false;
  throw new HsmStoreError(`The domain of ${next.region} has been changed meanwhile.`);
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
