import type { AwsEnum } from '../enums.ts';
import { validationError } from '../errors.ts';
import type { KeyMaterial, KeyRecord } from '../records.ts';
import { day } from '../rotation/schedule.ts';

/** The terms on which material is imported, as far as no single member's constraints can say them. */

interface Terms {
  /** Milliseconds since the Unix epoch. */
  ValidTo?: number;
  ExpirationModel: AwsEnum<'ExpirationModel'>;
  ImportType?: AwsEnum<'ImportType'>;
  KeyMaterialDescription?: string;
  KeyMaterialId?: string;
}

const longestLife = 365 * day;

/** Throws ValidationException for terms that contradict each other, whatever the key. */
export function checkTerms({ ExpirationModel, ValidTo, ImportType, KeyMaterialId }: Terms): void {
  const expires = ExpirationModel === 'KEY_MATERIAL_EXPIRES';
  if (expires && ValidTo === undefined) {
    throw validationError('A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES');
  }
  if (!expires && ValidTo !== undefined) {
    throw validationError(
      'A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE',
    );
  }
  if (ImportType === 'NEW_KEY_MATERIAL' && KeyMaterialId !== undefined) {
    throw validationError('A KeyMaterialId cannot be specified if the ImportType is NEW_KEY_MATERIAL');
  }
}

/** Throws ValidationException for terms that this key cannot have, or not at this time. */
export function checkTermsFor(key: KeyRecord, time: number, terms: Terms): void {
  const { ValidTo } = terms;
  if (ValidTo !== undefined && (ValidTo <= time || ValidTo > time + longestLife)) {
    throw validationError('The validTo date must be in the future, and at most 365 days from now');
  }
  if (key.spec === 'SYMMETRIC_DEFAULT') return;
  for (const name of ['ImportType', 'KeyMaterialDescription', 'KeyMaterialId'] as const) {
    if (terms[name] !== undefined) throw onlySymmetric(name);
  }
}

export function onlySymmetric(member: string) {
  return validationError(`${member} is only supported for symmetric encryption KMS keys`);
}

/** What is noted of material that is imported on these terms. */
export function importedOn({ ExpirationModel, ValidTo, KeyMaterialDescription }: Terms): Imported {
  return {
    state: 'IMPORTED',
    expirationModel: ExpirationModel,
    ...(ValidTo !== undefined && { validTo: ValidTo }),
    ...(KeyMaterialDescription !== undefined && { description: KeyMaterialDescription }),
  };
}

type Imported = NonNullable<KeyMaterial['imported']>;
