import type { PolicyDocument } from './types.ts';

/**
 * The key policy of a key that was created without one: it hands the key to its account, whose identity
 * policies then decide (AWS KMS Developer Guide, "Default key policy").
 */
export function defaultKeyPolicy(accountId: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}
