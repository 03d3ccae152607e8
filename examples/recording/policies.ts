import type { PolicyDocument, PolicyStatement } from '../../src/engine/iam/types.ts';

/** A policy of these statements. */
export function policy(...Statement: PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement };
}

/** The identity policy of those who administer keys. */
export const administrator = {
  name: 'KeyAdministrator',
  document: policy({ Sid: 'AllOfKms', Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
};

/** What the default key policy says: identity policies of the account decide (KMS Developer Guide, "Default key policy"). */
export function accountDecides(accountId: string): PolicyStatement {
  return {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
}
