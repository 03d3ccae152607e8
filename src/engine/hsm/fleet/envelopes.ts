import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { agree, statement, theirKey, type AgreementKey } from '../agreement.ts';
import { unshared, type Bytes } from '../bytes.ts';
import type { Secret } from '../store/store.ts';
import type { MemberEntry } from './roster.ts';

/**
 * Envelopes for the domain key encryption key (DKEK): one-pass ECDH (SP 800-56A Rev. 3, C(1e, 1s)) between the token's
 * ephemeral key and the member's agreement key, and AES key wrap (RFC 3394) under what they agree on.
 */

interface Token {
  region: string;
  generation: number;
}

/** @returns hex digits by serial number */
export async function sealEnvelopes(
  dkek: CryptoKey,
  ephemeral: AgreementKey,
  members: readonly MemberEntry[],
  token: Token,
): Promise<Record<string, string>> {
  const envelopes = members.map(async ({ serialNumber, agreementKey }) => {
    const theirs = await theirKey('spki', hexToBytes(agreementKey));
    const info = envelopeStatement({ ...token, serialNumber, ephemeralKey: bytesToHex(ephemeral.publicKey) });
    const key = await agree(ephemeral.privateKey, theirs, info, { name: 'AES-KW', usage: 'wrapKey' });
    const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', dkek, key, 'AES-KW'));
    return [serialNumber, bytesToHex(wrapped)] as const;
  });
  return Object.fromEntries(await Promise.all(envelopes));
}

/**
 * Opens a member's own envelope; the DKEK can unwrap only.
 * @throws an unspecified error when it does not open
 */
export async function openEnvelope(
  agreement: Secret,
  envelope: Uint8Array,
  about: Token & { serialNumber: string; ephemeralKey: string },
): Promise<CryptoKey> {
  const theirs = await theirKey('raw', hexToBytes(about.ephemeralKey));
  const info = envelopeStatement(about);
  const key = await agree(agreement.key, theirs, info, { name: 'AES-KW', usage: 'unwrapKey' });
  return crypto.subtle.unwrapKey('raw', unshared(envelope), key, 'AES-KW', 'AES-GCM', false, ['unwrapKey']);
}

function envelopeStatement({
  region,
  generation,
  serialNumber,
  ephemeralKey,
}: Token & { serialNumber: string; ephemeralKey: string }): Bytes {
  return statement('domain key encryption key', region, generation, serialNumber, ephemeralKey);
}
