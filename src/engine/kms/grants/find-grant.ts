import { AwsError } from '../../errors/aws-error.ts';
import type { Reader } from '../../vault/vault.ts';
import { notFound } from '../errors.ts';
import type { KeyRecord } from '../records.ts';
import type { GrantRecord } from './records.ts';
import { grantOn } from './store.ts';

const form = /^[0-9a-f]{64}$/;

/** Throws InvalidGrantIdException for text that is no grant id. */
export function checkGrantId(grantId: string | undefined): void {
  if (grantId !== undefined && !form.test(grantId)) {
    throw new AwsError('InvalidGrantIdException', `Invalid grant id '${grantId}'`);
  }
}

/** The grant of this id on the key, or NotFoundException. */
export function existingGrant(reader: Reader, key: KeyRecord, grantId: string): GrantRecord {
  return grantOn(reader, key, grantId) ?? refuseUnknown(grantId);
}

export function refuseUnknown(grantId: string): never {
  throw notFound(`Grant ID ${grantId} not found`);
}
