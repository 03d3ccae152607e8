import { grants, grantsById, grantsByRetirer } from '../../kms/grants/records.ts';
import { isPending } from '../../kms/import/materials.ts';
import { withMissing } from '../../kms/import/forget-material.ts';
import { isReplica } from '../../kms/multi-region/family.ts';
import {
  aliases,
  arnOfKey,
  keys,
  place,
  recordKeyIn,
  type AliasRecord,
  type KeyRecord,
} from '../../kms/records.ts';
import type { Due } from '../../kms/timeline/due.ts';
import type { Reader } from '../../vault/vault.ts';
import { table } from '../../vault/vault.ts';
import type { LostMaterial } from './sealed-keys.ts';
import type { Targets } from './targets.ts';

export interface LostKey {
  keyArn: string;
  why: string;
}

/** A key that comes back in part, or not at all. */
export interface Losses {
  /** Record keys of the KMS keys that do not come back. */
  gone: ReadonlySet<string>;
  told: LostKey[];
}

const reasons = {
  shredded:
    'Its deletion took effect, and its sealed keys were shredded, here and in the journal: nothing is left to make it from.',
  'domain key gone':
    'No good copy of its sealed key is left, and the domain key that sealed the older ones has been destroyed.',
  cluster: 'Its deletion took effect, and the key in its CloudHSM cluster was deleted with it.',
  imported:
    'Its imported material was deleted or has expired since. It waits for the same bytes to be imported again.',
};

/**
 * Keys that were there then and cannot be had again: all their records stay away. Keys whose imported material is gone
 * come back without it.
 */
export function withoutLostKeys(
  targets: Targets,
  then: Reader,
  now: Reader,
  lostMaterials: readonly LostMaterial[],
): Losses {
  const gone = new Set<string>();
  const told: LostKey[] = [];
  for (const { subject, material, why } of lostMaterials) {
    const key = currentTarget(targets, now, subject) ?? then.get(keys, subject)!;
    if (gone.has(subject)) continue;
    if (material.imported) {
      targets.set(keys, subject, withoutMaterial(key, material.id));
      told.push({ keyArn: arnOfKey(key), why: reasons.imported });
      continue;
    }
    told.push({ keyArn: arnOfKey(key), why: reasons[why] });
    // A key that is still there stays, without what it has lost.
    if (now.get(keys, subject) === undefined) gone.add(subject);
  }
  for (const { table: name, key: subject, value } of targets.entries()) {
    if (name !== keys.name || value === undefined || now.get(keys, subject) !== undefined) continue;
    const key = value as KeyRecord;
    if (key.customKeyStore?.clusterId === undefined) continue;
    gone.add(subject);
    told.push({ keyArn: arnOfKey(key), why: reasons.cluster });
  }
  const missing = lostMaterials.map(({ subject, material }) => `${subject}/${material.id}`);
  for (const { table: name, key, value } of [...targets.entries()]) {
    if (value !== undefined && isOfLost(name, key, value, { gone, missing })) {
      targets.set(table(name), key, undefined);
    }
  }
  return { gone, told: withoutRepetitions(told) };
}

function currentTarget(targets: Targets, now: Reader, subject: string): KeyRecord | undefined {
  const [target] = targets.get(keys, subject);
  return target ?? now.get(keys, subject);
}

/** Material that no rotation has made current is gone as if it had never come; see `forgetMaterial`. */
function withoutMaterial(key: KeyRecord, materialId: string): KeyRecord {
  const material = key.materials.find(({ id }) => id === materialId);
  if (!material) return key;
  return isPending(material) && !isReplica(key)
    ? { ...key, materials: key.materials.filter(({ id }) => id !== materialId) }
    : withMissing(key, material);
}

/** Whether a record belongs to a key that is gone, or announces the expiry of material that is. */
function isOfLost(
  name: string,
  key: string,
  value: unknown,
  { gone, missing }: { gone: ReadonlySet<string>; missing: readonly string[] },
): boolean {
  if (name === 'kms.due') {
    const { kind, subject, detail } = value as Due;
    return gone.has(subject) || (kind === 'MaterialExpiry' && missing.includes(`${subject}/${detail}`));
  }
  return gone.has(subjectOf(name, key, value) ?? '');
}

/** Record key of the KMS key that a record belongs to. */
function subjectOf(name: string, key: string, value: unknown): string | undefined {
  switch (name) {
    case aliases.name: {
      const alias = value as AliasRecord;
      return place(alias) + alias.targetKeyId;
    }
    case 'kms.last-usage':
      return recordKeyIn(key);
    case grantsById.name:
    case grantsByRetirer.name:
    case 'kms.materials':
    case 'kms.keys-by-custom-key-store':
      return firstThree(value as string);
    case keys.name:
    case grants.name:
    case 'kms.aliases-by-key':
    case 'kms.grants-by-grantee':
    case 'kms.grants-by-name':
      return firstThree(key);
    default:
      return undefined;
  }
}

/** Account, Region and key id. */
const firstThree = (path: string): string => path.split('/', 3).join('/');

function withoutRepetitions(told: readonly LostKey[]): LostKey[] {
  return [...new Map(told.map((lost) => [lost.keyArn + lost.why, lost])).values()];
}
