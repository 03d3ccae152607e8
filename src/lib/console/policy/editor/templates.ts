import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import type { PolicyStatement } from '$engine/iam/types.ts';
import type { templateText } from '$lib/strings/policy-templates.ts';

/** Whom and what the templates speak of. */
export interface TemplateWorld {
  accountId: string;
  region: string;
  /** ARN of an administrator, and of somebody who uses the key. */
  administrator: string;
  user: string;
  /** Another account. */
  otherAccountId: string;
}

export type TemplateName = keyof typeof templateText.templates;

const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/** Statements for what is asked of key policies most often (KMS Developer Guide, "Key policies in AWS KMS"). */
export const templates: Record<TemplateName, (world: TemplateWorld) => PolicyStatement[]> = {
  root: ({ accountId }) => [
    allow('Enable IAM User Permissions', { AWS: `arn:aws:iam::${accountId}:root` }, 'kms:*'),
  ],
  administrators: ({ administrator }) => [
    allow('Allow access for Key Administrators', { AWS: administrator }, [
      ...['kms:Create*', 'kms:Describe*', 'kms:Enable*', 'kms:List*', 'kms:Put*', 'kms:Update*'],
      ...['kms:Revoke*', 'kms:Disable*', 'kms:Get*', 'kms:Delete*', 'kms:TagResource', 'kms:UntagResource'],
      ...['kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion', 'kms:RotateKeyOnDemand'],
    ]),
  ],
  users: ({ user }) => [allow('Allow use of the key', { AWS: user }, use)],
  grants: ({ user }) => [
    allow(
      'Allow attachment of persistent resources',
      { AWS: user },
      ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    ),
  ],
  crossAccount: ({ otherAccountId }) => [
    allow('Allow use by another account', { AWS: `arn:aws:iam::${otherAccountId}:root` }, use),
  ],
  viaService: ({ accountId, region }) => [
    allow('Allow through S3 for everybody of the account', { AWS: '*' }, use, {
      StringEquals: { 'kms:CallerAccount': accountId, 'kms:ViaService': `s3.${region}.amazonaws.com` },
    }),
  ],
  service: ({ accountId }) => [
    allow(
      'Allow S3 in its own name for this account',
      { Service: 's3.amazonaws.com' },
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      { StringEquals: { 'aws:SourceAccount': accountId } },
    ),
  ],
  context: ({ user }) => [
    allow('Allow decryption for one department', { AWS: user }, 'kms:Decrypt', {
      StringEquals: { 'kms:EncryptionContext:dept': 'IT' },
    }),
  ],
  mfa: () => [
    deny('Deny deletion without a second factor', ['kms:ScheduleKeyDeletion', 'kms:DisableKey'], {
      BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' },
    }),
  ],
  time: () => [
    deny('Deny decryption from a time on', 'kms:Decrypt', {
      DateGreaterThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
    }),
  ],
  endpoint: () => [
    deny('Deny what does not come through the VPC endpoint', use.slice(0, 4), {
      StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1a2b3c4d' },
      Bool: { 'aws:ViaAWSService': 'false' },
    }),
  ],
  inUse: () => [
    deny('Deny deletion of a key in use', ['kms:ScheduleKeyDeletion', 'kms:DisableKey'], {
      NumericLessThan: { 'kms:TrailingDaysWithoutKeyUsage': '90' },
    }),
  ],
};

type Condition = NonNullable<PolicyStatement['Condition']>;

function allow(
  Sid: string,
  Principal: PolicyStatement['Principal'] & object,
  Action: string | string[],
  Condition?: Condition,
): PolicyStatement {
  return { Sid, Effect: 'Allow', Principal, Action, Resource: '*', ...(Condition && { Condition }) };
}

function deny(Sid: string, Action: string | string[], Condition: Condition): PolicyStatement {
  return { Sid, Effect: 'Deny', Principal: '*', Action, Resource: '*', Condition };
}

const formattingOptions = { insertSpaces: true, tabSize: 2 };

/** The policy's text with these statements after those that are there. `undefined` where it cannot be read. */
export function withStatements(text: string, statements: readonly PolicyStatement[]): string | undefined {
  const errors: ParseError[] = [];
  const policy: unknown = parse(text, errors, { allowTrailingComma: false });
  if (errors.length > 0 || typeof policy !== 'object' || policy === null || Array.isArray(policy)) return;
  const { Statement: present } = policy as { Statement?: unknown };
  const change = (before: string, path: (string | number)[], value: unknown, isArrayInsertion: boolean) =>
    applyEdits(before, modify(before, path, value, { formattingOptions, isArrayInsertion }));
  if (!Array.isArray(present)) {
    const all = [...(present === undefined ? [] : [present]), ...statements];
    return change(text, ['Statement'], all, false);
  }
  return statements.reduce(
    (before, statement, index) => change(before, ['Statement', present.length + index], statement, true),
    text,
  );
}
