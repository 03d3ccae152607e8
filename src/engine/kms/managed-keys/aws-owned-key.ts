import { uuid } from '../../clock/randomness.ts';
import type { PolicyDocument } from '../../iam/types.ts';
import { awsOwnedAccountId } from '../../service/aws-owned-account.ts';
import type { Work } from '../../service/service.ts';
import { draftKey, withMaterial } from '../new-key.ts';
import type { Rooms } from '../operation.ts';
import { aliases, keys, place, putAlias, storeKey, type KeyRecord } from '../records.ts';

/**
 * The key with which a service encrypts for customers who chose no key: AWS's own, in no customer's account, for the
 * service principal `service` (`s3.amazonaws.com`) alone. Made when it is first wanted. It costs nothing, counts
 * against no quota, and what is done with it is in no customer's trail (KMS Developer Guide, "AWS owned keys").
 */
export async function ensureAwsOwnedKey(
  work: Work,
  rooms: Rooms,
  region: string,
  service: string,
): Promise<KeyRecord> {
  const location = { accountId: awsOwnedAccountId, region };
  const name = `alias/${service}`;
  const { transaction, time } = work;
  const present = transaction.get(aliases, place(location) + name);
  const known = present && transaction.get(keys, place(location) + present.targetKeyId);
  if (known) return known;
  const key = await withMaterial(
    work,
    draftKey(work, location, {
      keyId: uuid(rooms.randomness),
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      manager: 'AWS',
      description: `AWS owned key of ${service}`,
      policy: JSON.stringify(policyFor(service), null, 2),
    }),
    rooms,
  );
  storeKey(transaction, key);
  putAlias(transaction, { ...location, name, targetKeyId: key.keyId, created: time, updated: time });
  return key;
}

function policyFor(service: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Allow the service that owns the key',
        Effect: 'Allow',
        Principal: { Service: service },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
      },
    ],
  };
}
