import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { isSigned, newAgreementKey, signStatement, statement } from '../agreement.ts';
import { concat, unshared, utf8Bytes, type Bytes } from '../bytes.ts';
import { ivLength } from '../ciphertext-blob-layout.ts';
import type { DomainKeyView } from '../hsm.ts';
import type { StoredMember } from '../store/domain-record.ts';
import { openEnvelope, sealEnvelopes } from './envelopes.ts';
import { rosterSchema, type MemberEntry } from './roster.ts';
import type { Workshop } from './workshop.ts';

/**
 * A domain token: the state of a domain, exported (AWS KMS Cryptographic Details, "Exported domain token"). Anybody may
 * carry it; only the domain's members can open the keys in it, and nobody can change a byte of it. AWS's layout is not
 * public; this is ours: the state as JSON in UTF-8, then the 96-byte ECDSA P-384 signature of its author over all that.
 *
 * Each domain key is wrapped by AES-256-GCM under a domain key encryption key (DKEK), which each token has anew; the
 * DKEK stands in one envelope for each member.
 */

const tokenSchema = v.strictObject({
  version: v.literal(1),
  name: v.string(),
  region: v.string(),
  /** Counts the domain's states; a member takes none that is older than what it has. */
  generation: v.number(),
  made: v.number(),
  /** Serial number of the member that wrote and signed it. */
  author: v.string(),
  roster: rosterSchema,
  domainKeys: v.array(
    v.strictObject({
      id: v.string(),
      created: v.number(),
      state: v.picklist(['active', 'deactivated']),
      iv: v.string(),
      wrapped: v.string(),
    }),
  ),
  /** Of this token alone: an uncompressed P-384 point. */
  ephemeralKey: v.string(),
  /** The DKEK for each member, by serial number. */
  envelopes: v.record(v.string(), v.string()),
});

export type DomainState = v.InferOutput<typeof tokenSchema>;

const signatureLength = 96;

/** A domain key with its handle. */
export interface DomainKey extends DomainKeyView {
  key: CryptoKey;
}

/** `undefined`: the bytes are no domain token. Says nothing about who signed it. */
export function readToken(token: Uint8Array): DomainState | undefined {
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(token.subarray(0, -signatureLength));
    return v.parse(tokenSchema, JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** Whether its author is one of these members, and has signed every byte of it. */
export function isGenuine(token: Uint8Array, { author }: DomainState, members: readonly MemberEntry[]) {
  const known = members.find(({ serialNumber }) => serialNumber === author);
  if (known === undefined) return Promise.resolve(false);
  const signed = unshared(token.subarray(0, -signatureLength));
  return isSigned(hexToBytes(known.signingKey), signed, token.subarray(-signatureLength));
}

/**
 * Writes a token. The author's `wrapKey` takes extractable handles only, so that the domain keys that it is given are,
 * for as long as this takes.
 */
export async function writeToken(
  { serialNumber, keys: own }: StoredMember,
  { region, generation, roster }: Pick<DomainState, 'region' | 'generation' | 'roster'>,
  keys: readonly DomainKey[],
  workshop: Workshop,
): Promise<Bytes> {
  const dkek = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
    ...(['wrapKey', 'unwrapKey'] as const),
  ]);
  const ephemeral = await newAgreementKey();
  const randomness = workshop.randomness('domain token');
  const domainKeys = keys.map(async ({ id, created, state, key }) => {
    const iv = randomness.bytes(ivLength);
    const about = { id, created, state };
    const wrapping = { name: 'AES-GCM', iv, additionalData: keyStatement(region, generation, about) };
    const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', key, dkek, wrapping));
    return { ...about, iv: bytesToHex(iv), wrapped: bytesToHex(wrapped) };
  });
  const state: DomainState = {
    ...({ version: 1, name: `kms-${region}` } as const),
    ...{ region, generation, made: workshop.now, author: serialNumber, roster },
    domainKeys: await Promise.all(domainKeys),
    ephemeralKey: bytesToHex(ephemeral.publicKey),
    envelopes: await sealEnvelopes(dkek, ephemeral, roster.members, { region, generation }),
  };
  const json = utf8Bytes(JSON.stringify(state));
  return concat(json, await signStatement(own!.signing, json));
}

/**
 * Opens a token's domain keys with a member's own agreement key. `undefined`: it holds no envelope for this member, or
 * does not open.
 * @param extractable only to wrap them again at once, into the next token
 */
export async function openDomainKeys(
  { serialNumber, keys: own }: StoredMember,
  state: DomainState,
  extractable: boolean,
): Promise<DomainKey[] | undefined> {
  const envelope = state.envelopes[serialNumber];
  if (envelope === undefined || own === undefined) return undefined;
  try {
    const dkek = await openEnvelope(own.agreement, hexToBytes(envelope), { ...state, serialNumber });
    return await Promise.all(
      state.domainKeys.map(async ({ iv, wrapped, ...about }) => {
        const additionalData = keyStatement(state.region, state.generation, about);
        const unwrapping = { name: 'AES-GCM', iv: unshared(hexToBytes(iv)), additionalData };
        const bytes = unshared(hexToBytes(wrapped));
        const key = await crypto.subtle.unwrapKey('raw', bytes, dkek, unwrapping, 'AES-GCM', extractable, [
          ...(['wrapKey', 'unwrapKey'] as const),
        ]);
        return { ...about, key };
      }),
    );
  } catch {
    return undefined;
  }
}

function keyStatement(region: string, generation: number, { id, created, state }: DomainKeyView): Bytes {
  return statement('domain key', region, generation, id, created, state);
}
