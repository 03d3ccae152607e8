import type { KeyUsageType, OriginType } from '@aws-sdk/client-kms';

/** What the policy of a new key depends on. */
export interface PolicyTerms {
  accountId: string;
  /** `aws`, unless the Region is another partition's. */
  partition: string;
  keySpec: string;
  keyUsage: KeyUsageType;
  origin: OriginType;
  multiRegion: boolean;
  /** ARNs. */
  administrators: readonly string[];
  users: readonly string[];
  /** Whether administrators may schedule the key's deletion. */
  adminsDelete: boolean;
}

interface Statement {
  Sid: string;
  Effect: 'Allow';
  Principal: { AWS: string | readonly string[] };
  Action: string | readonly string[];
  Resource: '*';
  Condition?: Record<string, Record<string, string>>;
}

/**
 * The key policy that AWS's console makes from administrators and users (KMS Developer Guide, "Default key policy
 * when you create a KMS key with the AWS Management Console").
 */
export function keyPolicyOf(terms: PolicyTerms): { Version: string; Id: string; Statement: Statement[] } {
  const { accountId, partition, administrators, users } = terms;
  const root = { AWS: `arn:${partition}:iam::${accountId}:root` };
  const allow = (Sid: string, Principal: Statement['Principal'], Action: Statement['Action']): Statement => ({
    Sid,
    Effect: 'Allow',
    Principal,
    Action,
    Resource: '*',
  });
  const some = (arns: readonly string[]) => ({ AWS: arns.length === 1 ? arns[0]! : arns });
  const statements = [allow('Enable IAM User Permissions', root, 'kms:*')];
  if (administrators.length > 0) {
    statements.push(
      allow('Allow access for Key Administrators', some(administrators), administratorActions(terms)),
    );
  }
  if (users.length > 0) {
    statements.push(allow('Allow use of the key', some(users), userActions(terms)));
    // AWS services that work for a user do so by grants, which only symmetric keys have a use for.
    if (terms.keySpec === 'SYMMETRIC_DEFAULT') {
      statements.push({
        ...allow('Allow attachment of persistent resources', some(users), [
          'kms:CreateGrant',
          'kms:ListGrants',
          'kms:RevokeGrant',
        ]),
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      });
    }
  }
  return { Version: '2012-10-17', Id: 'key-consolepolicy-3', Statement: statements };
}

function administratorActions({ origin, multiRegion, adminsDelete, keySpec }: PolicyTerms): string[] {
  return [
    'kms:Create*',
    'kms:Describe*',
    'kms:Enable*',
    'kms:List*',
    'kms:Put*',
    'kms:Update*',
    'kms:Revoke*',
    'kms:Disable*',
    'kms:Get*',
    'kms:Delete*',
    'kms:TagResource',
    'kms:UntagResource',
    ...(adminsDelete ? ['kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion'] : []),
    ...(keySpec === 'SYMMETRIC_DEFAULT' ? ['kms:RotateKeyOnDemand'] : []),
    ...(origin === 'EXTERNAL' ? ['kms:ImportKeyMaterial'] : []),
    ...(multiRegion ? ['kms:ReplicateKey', 'kms:UpdatePrimaryRegion'] : []),
  ];
}

function userActions({ keySpec, keyUsage }: PolicyTerms): string[] {
  const encrypt = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*'];
  const byUsage: Record<KeyUsageType, string[]> = {
    ENCRYPT_DECRYPT:
      keySpec === 'SYMMETRIC_DEFAULT'
        ? [...encrypt, 'kms:GenerateDataKey*', 'kms:DescribeKey']
        : [...encrypt, 'kms:DescribeKey', 'kms:GetPublicKey'],
    SIGN_VERIFY: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign', 'kms:Verify'],
    GENERATE_VERIFY_MAC: ['kms:DescribeKey', 'kms:GenerateMac', 'kms:VerifyMac'],
    KEY_AGREEMENT: ['kms:DeriveSharedSecret', 'kms:DescribeKey', 'kms:GetPublicKey'],
    ENCAPSULATE_DECAPSULATE: ['kms:Encapsulate', 'kms:Decapsulate', 'kms:DescribeKey', 'kms:GetPublicKey'],
  };
  return byUsage[keyUsage];
}
