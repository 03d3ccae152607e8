import { AwsError } from '../errors/aws-error.ts';
import type { Call } from '../service/service.ts';
import type { ExportedKeyToken } from '../hsm/hsm.ts';
import { zonedTable, zones } from '../vault/zones.ts';
import { arnOfKey, materials, place, type KeyRecord } from './records.ts';

/** Exported key tokens, a copy in each zone: by `place(key) + key id / material id`. */
export const tokens = zonedTable<ExportedKeyToken>('kms.tokens');

/** Stores a new backing key's token, and notes which KMS key it belongs to. */
export function storeToken(call: Call, key: KeyRecord, token: ExportedKeyToken): void {
  const recordKey = tokenKey(key, token.materialId);
  tokens.put(call.transaction, recordKey, token);
  call.transaction.put(materials, `${key.region}/${token.materialId}`, place(key) + key.keyId);
  call.trace.step(() => ({
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
  call: Call,
  key: KeyRecord,
  materialId: string = key.currentMaterialId,
): ExportedKeyToken {
  const copy = tokens.read(call.transaction, tokenKey(key, materialId));
  call.trace.step(() => ({
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

function tokenKey(key: KeyRecord, materialId: string): string {
  return `${place(key)}${key.keyId}/${materialId}`;
}
