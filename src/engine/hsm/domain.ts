import type { Randomness } from '../clock/randomness.ts';
import { unshared, type Bytes } from './bytes.ts';
import { ivLength } from './ciphertext-blob-layout.ts';
import { HandleCache } from './handle-cache.ts';
import type { ExportedKeyToken } from './hsm.ts';
import { sealedFormat, tokenAad, type TokenIdentity } from './key-token.ts';
import type { Purpose } from './purposes.ts';
import type { Secret } from './store/store.ts';

type Key = Pick<Secret, 'id' | 'key'>;

/** Tokens whose handles stay in memory. A handle is small; a cloud with more busy keys only gets slower. */
const cachedTokens = 256;

/** A key that a domain key sealed. */
export interface Sealed {
  domainKeyId: string;
  iv: Uint8Array;
  /** The sealed key and its 16-byte tag. */
  sealed: Uint8Array;
}

/** What kind of handle sealed bytes become. */
export type Unwrapping = Pick<Purpose, 'format' | 'algorithm' | 'usages'> & { extractable: boolean };

/**
 * Makes an extractable handle of whatever bytes are sealed: to wrap them again for another domain, or for a key that
 * Web Crypto cannot work with.
 */
export const asItIs: Unwrapping = {
  format: 'raw',
  algorithm: { name: 'HMAC', hash: 'SHA-256' },
  usages: ['sign'],
  extractable: true,
};

/**
 * A Region's domain in the volatile memory of one of its modules: it seals backing keys into tokens and opens them
 * again. The active domain key seals; deactivated ones only open what they once sealed.
 */
export class Domain {
  readonly #active: Key | undefined;
  readonly #keys: ReadonlyMap<string, CryptoKey>;
  readonly #randomness: Randomness;
  readonly #cache = new HandleCache(cachedTokens);

  constructor(active: Key | undefined, deactivated: readonly Key[], randomness: Randomness) {
    this.#active = active;
    this.#keys = new Map([...deactivated, ...(active ? [active] : [])].map(({ id, key }) => [id, key]));
    this.#randomness = randomness;
  }

  /**
   * Id of the active domain key.
   * @throws TypeError where there is no domain
   */
  get id(): string {
    return this.#requireActive().id;
  }

  /** Handles of backing keys in memory. */
  get handles(): number {
    return this.#cache.count;
  }

  /** Lets go of the handles of a backing key. */
  forget(materialId: string): void {
    this.#cache.forget(materialId);
  }

  /** A domain key's handle; only to try what can be done with it (`attempts`). */
  handleOf(domainKeyId: string): CryptoKey | undefined {
    return this.#keys.get(domainKeyId);
  }

  /** Seals an extractable key into a token; the token's identity is the additional authenticated data. */
  seal(key: CryptoKey, about: Omit<TokenIdentity, 'domainKeyId'>): Promise<ExportedKeyToken> {
    return this.#seal(key, sealedFormat(about.spec), about);
  }

  /** Seals what another domain's `unsealAsItIs` gave. */
  sealAsItIs(key: CryptoKey, about: Omit<TokenIdentity, 'domainKeyId'>): Promise<ExportedKeyToken> {
    return this.#seal(key, asItIs.format, about);
  }

  async #seal(
    key: CryptoKey,
    format: 'raw' | 'pkcs8',
    about: Omit<TokenIdentity, 'domainKeyId'>,
  ): Promise<ExportedKeyToken> {
    const identity: TokenIdentity = { ...about, domainKeyId: this.id };
    return { ...identity, ...(await this.wrap(key, format, tokenAad(identity))) };
  }

  /** Seals an extractable key by AES-256-GCM key wrapping, with a fresh IV. */
  async wrap(key: CryptoKey, format: 'raw' | 'pkcs8', additionalData: Bytes): Promise<Sealed> {
    const { id, key: domainKey } = this.#requireActive();
    const iv = this.#randomness.bytes(ivLength);
    const algorithm = { name: 'AES-GCM', iv, additionalData };
    const sealed = await crypto.subtle.wrapKey(format, key, domainKey, algorithm);
    return { domainKeyId: id, iv, sealed: new Uint8Array(sealed) };
  }

  /** The handle, if this token was unsealed for this purpose before. */
  remembered(token: ExportedKeyToken, purpose: Purpose): CryptoKey | undefined {
    return this.#cache.get(token, purpose.name);
  }

  /** Opens a token into a non-extractable handle. `undefined`: it does not open, or its key is of another kind. */
  async unseal(token: ExportedKeyToken, purpose: Purpose): Promise<CryptoKey | undefined> {
    const handle = await this.#unsealFor(token, purpose, false);
    if (handle !== undefined) this.#cache.set(token, purpose.name, handle);
    return handle;
  }

  /**
   * Opens a token into a handle that can be exported, and does not remember it. For `lent-key.ts` alone, which
   * explains what needs one.
   */
  unsealExtractable(token: ExportedKeyToken, purpose: Purpose): Promise<CryptoKey | undefined> {
    return this.#unsealFor(token, purpose, true);
  }

  /** Opens a token only to wrap what is in it for another domain. */
  unsealAsItIs(token: ExportedKeyToken): Promise<CryptoKey | undefined> {
    return this.unwrap(token, tokenAad(token), asItIs);
  }

  async #unsealFor(
    token: ExportedKeyToken,
    purpose: Purpose,
    extractable: boolean,
  ): Promise<CryptoKey | undefined> {
    // The spec must fit: the sealed bytes of many keys would pass for each other's.
    if (!purpose.specs.includes(token.spec)) return undefined;
    return this.unwrap(token, tokenAad(token), { ...purpose, extractable });
  }

  /** Opens what `wrap` sealed. `undefined`: it does not open, or is not of the kind that is asked for. */
  async unwrap(
    { domainKeyId, iv, sealed }: Sealed,
    additionalData: Bytes,
    { format, algorithm, extractable, usages }: Unwrapping,
  ): Promise<CryptoKey | undefined> {
    const domainKey = this.#keys.get(domainKeyId);
    if (domainKey === undefined) return undefined;
    const opening = { name: 'AES-GCM', iv: unshared(iv), additionalData };
    try {
      return await crypto.subtle.unwrapKey(
        format,
        unshared(sealed),
        domainKey,
        opening,
        algorithm,
        extractable,
        usages,
      );
    } catch {
      return undefined;
    }
  }

  #requireActive(): Key {
    if (this.#active === undefined) throw new TypeError('Only a KMS key, named by its ARN, is in a domain.');
    return this.#active;
  }
}

/** For commands that are about no KMS key: nothing opens here, and nothing is sealed. */
export const nowhere = new Domain(undefined, [], { bytes: () => new Uint8Array() });
