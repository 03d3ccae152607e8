import { AwsError } from '../../errors/aws-error.ts';
import type { Reader } from '../../vault/vault.ts';
import { validationError } from '../errors.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';
import { knownRegions, partitionOf } from '../regions.ts';
import { relatedKey } from './family.ts';

/**
 * Throws what AWS answers when no replica of the key can be made in the Region: ValidationException for one that is
 * unknown or in another partition, AlreadyExistsException for one that has the primary key or a replica, in
 * whatever state.
 */
export function checkReplicaRegion(reader: Reader, key: KeyRecord, region: string): void {
  if (!knownRegions.has(region)) throw validationError(`${region} is not a Region of AWS KMS.`);
  if (partitionOf(region) !== partitionOf(key.region)) {
    throw validationError(`${region} is not in the partition of ${key.region}.`);
  }
  const present = relatedKey(reader, key, region);
  if (present) throw new AwsError('AlreadyExistsException', `Key '${arnOfKey(present)}' already exists`);
}
