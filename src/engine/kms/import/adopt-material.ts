import { AwsError } from '../../errors/aws-error.ts';
import type { AwsEnum } from '../enums.ts';
import { invalidState, unsupported } from '../errors.ts';
import { isReplica } from '../multi-region/family.ts';
import { arnOfKey, type KeyMaterial, type KeyRecord } from '../records.ts';
import { pendingMaterial, stateByMaterial } from './materials.ts';

/** Which place imported material takes among a key's materials (KMS API Reference, ImportKeyMaterial, ImportType). */

interface Offer {
  /** KeyMaterialId of what was imported. */
  id: string;
  importType: AwsEnum<'ImportType'> | undefined;
  /** The KeyMaterialId that the client expects. */
  expectedId: string | undefined;
  imported: NonNullable<KeyMaterial['imported']>;
}

/**
 * The key with the material in its place. Throws IncorrectKeyMaterialException for other material than the key had
 * or than the client says, and KMSInvalidStateException for new material while other is waiting.
 */
export function withImported(key: KeyRecord, offer: Offer): KeyRecord {
  const { id, imported } = offer;
  const known = key.materials.find((material) => material.id === id);
  checkOffer(key, known, offer);
  const description = imported.description ?? known?.imported?.description;
  const material: KeyMaterial = {
    ...(known ?? { id, state: key.materials.length === 0 ? 'CURRENT' : 'PENDING_ROTATION' }),
    imported: { ...imported, ...(description !== undefined && { description }) },
  };
  const materials = known
    ? key.materials.map((other) => (other === known ? material : other))
    : [...key.materials, material];
  const adopted = { ...key, materials };
  return key.state === 'PendingImport' ? { ...adopted, state: stateByMaterial(adopted, 'Enabled') } : adopted;
}

function checkOffer(key: KeyRecord, known: KeyMaterial | undefined, offer: Offer): void {
  const { id, expectedId } = offer;
  const isFirst = key.materials.length === 0;
  // Material that is not symmetric can never be exchanged for other.
  const isNew =
    key.spec === 'SYMMETRIC_DEFAULT'
      ? (offer.importType ?? (isFirst ? 'NEW_KEY_MATERIAL' : 'EXISTING_KEY_MATERIAL')) === 'NEW_KEY_MATERIAL'
      : isFirst;
  const arn = arnOfKey(key);
  if (expectedId !== undefined && expectedId !== id) {
    throw incorrect(`The imported key material (id: ${id}) is not the one with id ${expectedId}.`);
  }
  if (!isNew) {
    if (!known) throw incorrect(`The key material (id: ${id}) is not associated with the key ${arn}.`);
    return;
  }
  if (isReplica(key)) {
    throw unsupported(
      `New key material cannot be imported into ${arn}, which is a multi-region replica key.`,
    );
  }
  if (known) throw incorrect(`The key material (id: ${id}) is already associated with the key ${arn}.`);
  const pending = pendingMaterial(key);
  if (pending) {
    throw invalidState(
      `New key material (id: ${id}) cannot be imported into KMS key ${arn}, because another key material (id: ${pending.id}) is pending rotation.`,
    );
  }
}

function incorrect(message: string): AwsError {
  return new AwsError('IncorrectKeyMaterialException', message);
}
