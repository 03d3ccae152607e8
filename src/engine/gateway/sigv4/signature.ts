import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { boundedCache } from '../bounded-cache.ts';
import type { CredentialScope } from './authorization-header.ts';

/** Day, Region and service that a signing key is good for. */
export type Scope = Pick<CredentialScope, 'date' | 'region' | 'service'>;

/** What is signed (IAM User Guide, "Create a signed AWS API request", step 3). */
export function stringToSign(time: string, { date, region, service }: Scope, canonicalHash: string): string {
  return `AWS4-HMAC-SHA256\n${time}\n${date}/${region}/${service}/aws4_request\n${canonicalHash}`;
}

/** Signs with keys derived from secret access keys, and remembers the derived keys of the last 64 scopes. */
export function signer(): (secretAccessKey: string, scope: Scope, text: string) => string {
  const keyed = boundedCache<ReturnType<typeof hmac.create>>(64);
  return (secretAccessKey, scope, text) => {
    const { date, region, service } = scope;
    const primed = keyed.get(`${secretAccessKey}/${date}/${region}/${service}`, () =>
      hmac.create(sha256, signingKey(secretAccessKey, scope)),
    );
    // A copy of the primed HMAC spares hashing the key's padding again.
    return bytesToHex(primed.clone().update(utf8ToBytes(text)).digest());
  };
}

/** The chain of HMACs from the secret down to one day, Region and service (same guide, step 4). */
function signingKey(secretAccessKey: string, { date, region, service }: Scope): Uint8Array {
  return [date, region, service, 'aws4_request'].reduce(
    (key, part) => hmac(sha256, key, utf8ToBytes(part)),
    utf8ToBytes(`AWS4${secretAccessKey}`),
  );
}

/** Compares in a time that does not tell where the first difference is. */
export function sameSecret(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}
