import type { AwsError } from '../../errors/aws-error.ts';
import { invalidOrigin, unsupported } from '../errors.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';

/** Which keys can be rotated, and in what way (KMS Developer Guide, "Rotate AWS KMS keys"). */

/** Why a key has only ever one material. AWS says no more about keys that are not symmetric. */
export function unlessRotatable(key: KeyRecord): AwsError | undefined {
  if (key.spec !== 'SYMMETRIC_DEFAULT') return unsupported('');
  return key.customKeyStore && invalidOrigin(arnOfKey(key), key.origin);
}

/** Why automatic rotation of a key cannot be set. */
export function unlessRotatableAutomatically(key: KeyRecord): AwsError | undefined {
  return (
    unlessRotatable(key) ?? (key.origin === 'EXTERNAL' ? invalidOrigin(arnOfKey(key), key.origin) : undefined)
  );
}
