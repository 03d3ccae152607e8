import { required } from '../../declaration/members.ts';
import { Timestamp } from '../../declaration/output.ts';
import { lastUsageOf, trackingStart } from '../last-usage.ts';
import { keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';

/** GetKeyLastUsage: when a key was last put to cryptographic use, and by what. AWS: KMS API Reference, GetKeyLastUsage. */
export const GetKeyLastUsage = operation('GetKeyLastUsage', {
  summary: 'Tells when a key was last used, and for which cryptographic operation.',
  readOnly: true,
  input: { KeyId: required(keyId()) },
  keys: { key: managedKey('kms:GetKeyLastUsage') },
  differs: [
    'A use shows at once; with AWS it may take up to an hour.',
    'CloudTrailEventId is that of the record in the caller’s account, also where the key is another account’s.',
  ],
  run({ keys: { key }, call }) {
    const usage = lastUsageOf(call, key);
    return {
      KeyId: arnOfKey(key),
      KeyLastUsage: usage
        ? {
            Operation: usage.operation,
            Timestamp: new Timestamp(usage.time),
            CloudTrailEventId: usage.cloudTrailEventId,
            KmsRequestId: usage.kmsRequestId,
          }
        : {},
      TrackingStartDate: new Timestamp(trackingStart(call, key)),
      KeyCreationDate: new Timestamp(key.created),
    };
  },
});
