import { uuid, type Randomness } from '../clock/randomness.ts';
import type { Clock } from '../clock/clock.ts';
import { unshared } from './bytes.ts';
import { ivLength } from './ciphertext-blob-layout.ts';
import { HandleCache } from './handle-cache.ts';
import type { ExportedKeyToken } from './hsm.ts';
import { sealedFormat, tokenAad, type TokenIdentity } from './key-token.ts';
import type { Purpose } from './purposes.ts';
import type { DomainKey } from './store/store.ts';

/** Tokens whose handles stay in memory. A handle is small; a cloud with more busy keys only gets slower. */
const cachedTokens = 256;

/**
 * Draws a domain key. It can wrap and unwrap keys, nothing else: not even this module can encrypt, decrypt or
 * export anything with it.
 */
export async function newDomainKey(clock: Clock, randomness: Randomness): Promise<DomainKey> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'wrapKey',
    'unwrapKey',
  ]);
  return { id: uuid(randomness), key, created: clock.now() };
}

/**
 * One domain key at work: it seals backing keys into tokens and opens them again. Zeroising the module puts
 * another Domain in this one's place; commands under way finish with the old one, and what they remember goes
 * with it.
 */
export class Domain {
  readonly id: string;
  readonly created: number;
  readonly #key: CryptoKey;
  readonly #randomness: Randomness;
  readonly #handles = new HandleCache(cachedTokens);

  constructor(domainKey: DomainKey, randomness: Randomness) {
    this.id = domainKey.id;
    this.created = domainKey.created;
    this.#key = domainKey.key;
    this.#randomness = randomness;
  }

  /** Seals an extractable key by AES-256-GCM key wrapping, with a fresh IV; the token's identity is the AAD. */
  async seal(key: CryptoKey, about: Omit<TokenIdentity, 'domainKeyId'>): Promise<ExportedKeyToken> {
    const identity: TokenIdentity = { ...about, domainKeyId: this.id };
    const iv = this.#randomness.bytes(ivLength);
    const algorithm = sealAlgorithm(iv, identity);
    const sealed = await crypto.subtle.wrapKey(sealedFormat(about.spec), key, this.#key, algorithm);
    return { ...identity, iv, sealed: new Uint8Array(sealed) };
  }

  /** The handle, if this token was unsealed for this purpose before. */
  remembered(token: ExportedKeyToken, purpose: Purpose): CryptoKey | undefined {
    return this.#handles.get(token, purpose.name);
  }

  /** Opens a token into a non-extractable handle. `undefined`: it does not open, or its key is of another kind. */
  async unseal(token: ExportedKeyToken, purpose: Purpose): Promise<CryptoKey | undefined> {
    const handle = await this.#unwrap(token, purpose, false);
    if (handle !== undefined) this.#handles.set(token, purpose.name, handle);
    return handle;
  }

  /**
   * Opens a token into a handle that can be exported, and does not remember it. For `signDigest` alone, which
   * explains why it needs one.
   */
  unsealExtractable(token: ExportedKeyToken, purpose: Purpose): Promise<CryptoKey | undefined> {
    return this.#unwrap(token, purpose, true);
  }

  async #unwrap(
    token: ExportedKeyToken,
    purpose: Purpose,
    extractable: boolean,
  ): Promise<CryptoKey | undefined> {
    // The format must fit the kind of key: any sealed bytes would pass for a raw symmetric key.
    if (token.domainKeyId !== this.id || sealedFormat(token.spec) !== purpose.format) return undefined;
    try {
      return await crypto.subtle.unwrapKey(
        purpose.format,
        unshared(token.sealed),
        this.#key,
        sealAlgorithm(token.iv, token),
        purpose.algorithm,
        extractable,
        purpose.usages,
      );
    } catch {
      return undefined;
    }
  }
}

function sealAlgorithm(iv: Uint8Array, identity: TokenIdentity): AesGcmParams {
  return {
    name: 'AES-GCM',
    iv: unshared(iv),
    additionalData: tokenAad(identity),
  };
}
