import { AwsError } from '../errors/aws-error.ts';
import type { Work } from '../service/service.ts';
import type { ExportedKeyToken } from '../hsm/hsm.ts';
import { zonedTable, zones } from '../vault/zones.ts';
import { arnOfKey, currentMaterial, materials, recordKey, type KeyRecord } from './records.ts';

/** Exported key tokens, a copy in each zone: by `place(key) + key id / material id`. */
export const tokens = zonedTable<ExportedKeyToken>('kms.tokens');

/** Notes which KMS key a backing key belongs to, so that a ciphertext that names the one leads to the other. */
export function noteMaterial(work: Work, key: KeyRecord, materialId: string): void {
  work.transaction.put(materials, materialKey(key, materialId), recordKey(key));
}

/** Stores a new backing key's token, and notes which KMS key it belongs to. */
export function storeToken(work: Work, key: KeyRecord, token: ExportedKeyToken): void {
  tokens.put(work.transaction, tokenKey(key, token.materialId), token);
  noteMaterial(work, key, token.materialId);
  work.trace.step(() => ({
    station: 'storage',
    title: 'The sealed key is stored, a copy in each zone.',
    outcome: 'ok',
    fields: [
      { name: 'Key material id', value: token.materialId, direction: 'in' },
      { name: 'Sealed key (EKT)', value: token.sealed, direction: 'in' },
      { name: 'Zones', value: [...zones], direction: 'out' },
    ],
  }));
}

/** Fetches a token for the module: the current backing key's, or the one that a ciphertext names. */
export function fetchToken(
  work: Work,
  key: KeyRecord,
  materialId: string = currentMaterial(key)?.id ?? '',
): ExportedKeyToken {
  const copy = tokens.read(work.transaction, tokenKey(key, materialId));
  work.trace.step(() => ({
    station: 'storage',
    title: copy
      ? `Zone ${copy.zone} hands out its copy of the sealed key.`
      : 'No zone holds a copy of the sealed key.',
    outcome: copy ? 'ok' : 'refused',
    fields: [
      { name: 'Key material id', value: materialId, direction: 'in' },
      ...(copy
        ? ([
            { name: 'Zone', value: copy.zone, direction: 'out' },
            { name: 'Domain key that sealed it', value: copy.value.domainKeyId, direction: 'out' },
            { name: 'Sealed key (EKT)', value: copy.value.sealed, direction: 'out' },
          ] as const)
        : []),
    ],
  }));
  if (!copy) {
    // AWS: KeyUnavailableException, the one server fault that a lost key may cause.
    throw new AwsError(
      'KeyUnavailableException',
      `No copy of the key material of ${arnOfKey(key)} is left.`,
      500,
    );
  }
  return copy.value;
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

function tokenKey(key: KeyRecord, materialId: string): string {
  return `${recordKey(key)}/${materialId}`;
}

function materialKey({ region }: KeyRecord, materialId: string): string {
  return `${region}/${materialId}`;
}
