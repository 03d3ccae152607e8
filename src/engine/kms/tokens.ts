import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { AwsError } from '../errors/aws-error.ts';
import type { Work } from '../service/service.ts';
import type { ExportedKeyToken, Hsm } from '../hsm/hsm.ts';
import { glimpse } from '../trace/glimpse.ts';
import type { Step } from '../trace/trace.ts';
import { noteSeal } from './domain-keys/records.ts';
import type { Commit } from '../vault/adapter.ts';
import { firstGood, zonedTable, zones, type ZoneCopy } from '../vault/zones.ts';
import type { KeyLocation } from './identifiers.ts';
import {
  arnOfKey,
  currentMaterial,
  materials,
  recordKey,
  type KeyMaterial,
  type KeyRecord,
} from './records.ts';

/** Exported key tokens, a copy in each zone: by `place(key) + key id / material id`. */
export const tokens = zonedTable<ExportedKeyToken>('kms.tokens', checksumOf);

/** SHA-256. It finds out decay, not malice: against that the token has its seal. */
function checksumOf({ keyArn, materialId, spec, domainKeyId, iv, sealed }: ExportedKeyToken): Uint8Array {
  const identity = utf8ToBytes([keyArn, materialId, spec, domainKeyId].join('\n'));
  return sha256.create().update(identity).update(iv).update(sealed).digest();
}

/** Notes which KMS key a backing key belongs to, so that a ciphertext that names the one leads to the other. */
export function noteMaterial(work: Work, key: KeyRecord, materialId: string): void {
  work.transaction.put(materials, materialKey(key, materialId), recordKey(key));
}

/** Stores a new backing key's token, and notes which KMS key it belongs to. */
export function storeToken(work: Work, key: KeyRecord, token: ExportedKeyToken): void {
  tokens.put(work.transaction, tokenKey(key, token.materialId), token);
  noteSeal(work, key.region, token.domainKeyId);
  noteMaterial(work, key, token.materialId);
  work.trace.step(() => ({
    station: 'storage',
    title: 'The sealed key is stored, a copy in each zone.',
    outcome: 'ok',
    fields: [
      { name: 'Key material id', value: token.materialId, direction: 'in' },
      { name: 'Sealed key (EKT)', value: glimpse(token.sealed), direction: 'in' },
      { name: 'Zones', value: [...zones], direction: 'out' },
    ],
  }));
}

/**
 * Fetches a token for the module: the current backing key's, or the one that a ciphertext names. Zones are asked in
 * order; one whose copy is bad or missing gets a new one from the first that has a good one (read repair).
 * @throws AwsError KeyUnavailableException when no zone has a good copy. A key with imported material stays Enabled
 * then, as nobody has deleted the material; ImportKeyMaterial brings it back. AWS makes no promise to keep it (KMS
 * Developer Guide, "Protecting imported key material").
 */
export function fetchToken(
  work: Work,
  key: KeyRecord,
  materialId: string = currentMaterial(key)?.id ?? '',
): ExportedKeyToken {
  const recordKeyOfToken = tokenKey(key, materialId);
  const copies = tokens.copies(work.transaction, recordKeyOfToken);
  const good = firstGood(copies);
  if (!good) {
    work.trace.step(() => noGoodCopy(copies, materialId));
    // AWS: KeyUnavailableException, the one server fault that a lost key may cause.
    throw new AwsError(
      'KeyUnavailableException',
      `No copy of the key material of ${arnOfKey(key)} is left.`,
      500,
    );
  }
  const bad = copies.slice(0, copies.indexOf(good));
  for (const copy of bad) work.trace.step(() => badCopy(copy, good));
  work.trace.step(() => ({
    station: 'storage',
    title: `Zone ${good.zone} hands out its copy of the sealed key.`,
    outcome: 'ok',
    fields: [
      { name: 'Key material id', value: materialId, direction: 'in' },
      { name: 'Zone', value: good.zone, direction: 'out' },
      { name: 'Domain key that sealed it', value: good.value.domainKeyId, direction: 'out' },
      { name: 'Sealed key (EKT)', value: glimpse(good.value.sealed), direction: 'out' },
    ],
  }));
  if (bad.length > 0) {
    const zonesToMend = bad.map(({ zone }) => zone);
    tokens.mend(work.transaction, recordKeyOfToken, good.value, zonesToMend);
    for (const zone of zonesToMend) work.trace.step(() => newCopy(zone, good.zone));
  }
  return good.value;
}

function noGoodCopy(copies: ZoneCopy<ExportedKeyToken>[], materialId: string): Step {
  const isMissing = copies.every(({ state }) => state === 'missing');
  return {
    station: 'storage',
    title: isMissing
      ? 'No zone holds a copy of the sealed key.'
      : 'No zone holds a good copy of the sealed key.',
    outcome: 'refused',
    fields: [
      { name: 'Key material id', value: materialId, direction: 'in' },
      ...copies.map(({ zone, state }) => ({ name: `Zone ${zone}`, value: state, direction: 'out' as const })),
    ],
  };
}

function badCopy(bad: ZoneCopy<ExportedKeyToken>, good: ZoneCopy<ExportedKeyToken>): Step {
  return {
    station: 'storage',
    title:
      bad.state === 'corrupt'
        ? `Zone ${bad.zone}’s copy does not match its checksum; zone ${good.zone}’s does.`
        : `Zone ${bad.zone} holds no copy of the sealed key; zone ${good.zone} does.`,
    outcome: 'ok',
    fields: [
      { name: 'Zone', value: bad.zone, direction: 'in' },
      { name: 'Copy', value: bad.state, direction: 'out' },
    ],
  };
}

function newCopy(zone: string, from: string): Step {
  return {
    station: 'storage',
    title: `Zone ${zone} gets a new copy.`,
    outcome: 'ok',
    fields: [
      { name: 'Copied from zone', value: from, direction: 'in' },
      { name: 'Stored', value: 'with this request, if it succeeds', direction: 'out' },
    ],
  };
}

/**
 * Removes a backing key's token from every zone, and from the journal: nothing can be decrypted with it until the
 * same bytes are imported anew.
 */
export function removeToken(work: Work, key: KeyRecord, materialId: string): void {
  tokens.shred(work.transaction, tokenKey(key, materialId));
}

/** Removes all that the storage layer holds of a key's material, for ever: what it encrypted is lost. */
export function shredTokens(work: Work, key: KeyRecord): void {
  for (const { id } of key.materials) shredToken(work, key, id);
}

/** The same for one backing key. */
export function shredToken(work: Work, key: KeyRecord, materialId: string): void {
  removeToken(work, key, materialId);
  work.transaction.delete(materials, materialKey(key, materialId));
}

/**
 * The modules let go of the backing keys whose tokens a commit has shredded, so that no handle outlives them.
 */
export async function forgetShredded(hsm: Hsm, { shredded = [] }: Commit): Promise<void> {
  const names = new Set(
    shredded.filter(({ table }) => tokens.zoneOf(table) !== undefined).map(({ key }) => key),
  );
  const materialIds = new Map<string, string[]>();
  for (const name of names) {
    const [, region = '', , materialId = ''] = name.split('/');
    materialIds.set(region, [...(materialIds.get(region) ?? []), materialId]);
  }
  for (const [region, ids] of materialIds) await hsm.forget({ region, materialIds: ids });
}

/** Materials of which there should be a sealed key: not those of custom key stores, nor imported ones that are gone. */
export function sealedMaterials({ customKeyStore, materials }: KeyRecord): KeyMaterial[] {
  return customKeyStore ? [] : materials.filter(({ imported }) => imported?.state !== 'PENDING_IMPORT');
}

/** A token's record key in `tokens`. */
export function tokenKey(key: KeyLocation & { keyId: string }, materialId: string): string {
  return `${recordKey(key)}/${materialId}`;
}

function materialKey({ region }: KeyRecord, materialId: string): string {
  return `${region}/${materialId}`;
}
