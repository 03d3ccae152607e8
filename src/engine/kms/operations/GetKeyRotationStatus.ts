import { required } from '../../declaration/members.ts';
import { Timestamp } from '../../declaration/output.ts';
import { invalidOrigin } from '../errors.ts';
import { keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';

/**
 * GetKeyRotationStatus: whether, how often and when next; and since when a rotation on demand has been under way.
 * While a key is to be deleted it answers false, and afterwards what was true before. AWS: KMS API Reference,
 * GetKeyRotationStatus.
 */
export const GetKeyRotationStatus = operation('GetKeyRotationStatus', {
  summary: 'Tells whether a key is rotated automatically, how often and when next.',
  readOnly: true,
  input: { KeyId: required(keyId()) },
  keys: { key: { ...managedKey('kms:GetKeyRotationStatus'), crossAccount: true, unfit } },
  run({ keys: { key } }) {
    const rotation = key.deletion ? undefined : key.rotation;
    return {
      KeyRotationEnabled: rotation !== undefined,
      KeyId: arnOfKey(key),
      RotationPeriodInDays: rotation?.periodInDays,
      NextRotationDate: rotation && new Timestamp(rotation.next),
      OnDemandRotationStartDate:
        key.onDemandStarted === undefined ? undefined : new Timestamp(key.onDemandStarted),
    };
  },
});

/** KMS Developer Guide, "Key state table", footnotes 6 and 7. */
function unfit(key: KeyRecord) {
  return key.customKeyStore || key.state === 'PendingImport'
    ? invalidOrigin(arnOfKey(key), key.origin)
    : undefined;
}
