import { AwsError } from '../../errors/aws-error.ts';
import { principalExists } from '../../iam/existing-principals.ts';
import type { Reader } from '../../vault/vault.ts';

/**
 * Throws InvalidArnException unless the ARN is that of an account, user, role or role session of this cloud; groups
 * and organizations cannot hold grants.
 */
export function requirePrincipal(reader: Reader, arn: string): void {
  if (arn.startsWith('arn:') && principalExists(arn, reader)) return;
  throw new AwsError('InvalidArnException', `ARN does not refer to a valid principal: ${arn}`);
}
