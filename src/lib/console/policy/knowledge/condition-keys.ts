/** How a condition key's values are meant to be compared. */
export type ConditionKeyType = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IP';

export interface ConditionKeyFact {
  type: ConditionKeyType;
  /** A request may bring several values: say ForAnyValue or ForAllValues. */
  many?: true;
  about: string;
  /** Actions without `kms:` whose requests bring it; absent: any. `*` stands at the end only. */
  only?: readonly string[];
  /** AWS has it; no request of this cloud brings it by itself. */
  elsewhere?: true;
}

const symmetric = ['Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*'] as const;
const enclave = ['Decrypt', 'DeriveSharedSecret', 'GenerateDataKey', 'GenerateDataKeyPair'] as const;

/**
 * What policies can ask of a request (KMS Developer Guide, "AWS KMS condition keys"; IAM User Guide, "AWS global
 * condition context keys"). A name that ends with `:` or `/` goes on with a name of the learner's own. Tests hold the
 * list against the engine's.
 */
export const conditionKeyFacts: Readonly<Record<string, ConditionKeyFact>> = {
  'kms:EncryptionContext:': {
    type: 'String',
    about: 'One pair of the encryption context, by its name. The name has no case here; the value has.',
    only: [...symmetric, 'CreateGrant'],
  },
  'kms:EncryptionContextKeys': {
    type: 'String',
    many: true,
    about: 'The names in the encryption context, without their values.',
    only: [...symmetric, 'CreateGrant'],
  },
  'kms:ViaService': {
    type: 'String',
    about:
      'The AWS service that passes the request on for somebody, with its Region: s3.us-east-1.amazonaws.com. Absent when they ask directly.',
  },
  'kms:CallerAccount': { type: 'String', about: 'The account of whoever asks.' },
  'kms:RequestAlias': {
    type: 'String',
    about:
      'The alias that the request names the key by, like alias/app. Absent when it uses a key id or ARN.',
    only: [...symmetric, 'Sign', 'Verify', 'GenerateMac', 'VerifyMac', 'DescribeKey', 'GetPublicKey'],
  },
  'kms:ResourceAliases': {
    type: 'String',
    many: true,
    about: 'All aliases that point at the key, whatever the request calls it. Meant for identity policies.',
  },
  'kms:KeySpec': { type: 'String', about: 'The key’s type, like SYMMETRIC_DEFAULT or RSA_2048.' },
  'kms:KeyUsage': { type: 'String', about: 'What the key is for: ENCRYPT_DECRYPT, SIGN_VERIFY, …' },
  'kms:KeyOrigin': {
    type: 'String',
    about: 'Where its material is from: AWS_KMS, EXTERNAL, AWS_CLOUDHSM, …',
  },
  'kms:MultiRegion': { type: 'Bool', about: 'Whether the key is a multi-Region key.' },
  'kms:MultiRegionKeyType': {
    type: 'String',
    about: 'PRIMARY or REPLICA, for multi-Region keys only.',
  },
  'kms:EncryptionAlgorithm': {
    type: 'String',
    about: 'The algorithm that the request encrypts or decrypts with.',
    only: symmetric,
  },
  'kms:SigningAlgorithm': {
    type: 'String',
    about: 'The signing algorithm, like RSASSA_PSS_SHA_256.',
    only: ['Sign', 'Verify'],
  },
  'kms:MessageType': {
    type: 'String',
    about: 'RAW, DIGEST or EXTERNAL_MU: whether KMS hashes the message itself.',
    only: ['Sign', 'Verify'],
  },
  'kms:MacAlgorithm': {
    type: 'String',
    about: 'The MAC algorithm, like HMAC_SHA_256.',
    only: ['GenerateMac', 'VerifyMac'],
  },
  'kms:KeyAgreementAlgorithm': {
    type: 'String',
    about: 'The key agreement algorithm: ECDH.',
    only: ['DeriveSharedSecret'],
  },
  'kms:DataKeyPairSpec': {
    type: 'String',
    about: 'The type of the data key pair.',
    only: ['GenerateDataKeyPair*'],
  },
  'kms:ReEncryptOnSameKey': {
    type: 'Bool',
    about: 'Whether ReEncrypt goes from a key to the same key.',
    only: ['ReEncrypt*'],
  },
  'kms:GrantOperations': {
    type: 'String',
    many: true,
    about: 'The operations that a new grant is to allow.',
    only: ['CreateGrant'],
  },
  'kms:GrantConstraintType': {
    type: 'String',
    about: 'EncryptionContextEquals or EncryptionContextSubset, where the grant has such a constraint.',
    only: ['CreateGrant', 'RetireGrant'],
  },
  'kms:GrantConstraintSourceArn': {
    type: 'ARN',
    about: 'The SourceArn constraint of a new grant.',
    only: ['CreateGrant'],
  },
  'kms:GrantIsForAWSResource': {
    type: 'Bool',
    about:
      'Whether an AWS service asks, for one of its own resources. Keeps people from making grants by hand.',
    only: ['CreateGrant', 'ListGrants', 'RevokeGrant'],
  },
  'kms:GranteePrincipal': { type: 'String', about: 'Who a new grant is for.', only: ['CreateGrant'] },
  'kms:GranteeServicePrincipal': {
    type: 'String',
    about: 'The AWS service that a new grant is for.',
    only: ['CreateGrant'],
  },
  'kms:RetiringPrincipal': { type: 'String', about: 'Who may retire a new grant.', only: ['CreateGrant'] },
  'kms:RetiringServicePrincipal': {
    type: 'String',
    about: 'The AWS service that may retire a new grant.',
    only: ['CreateGrant'],
  },
  'kms:BypassPolicyLockoutSafetyCheck': {
    type: 'Bool',
    about: 'Whether the request turns the lockout safety check off.',
    only: ['CreateKey', 'PutKeyPolicy', 'ReplicateKey'],
  },
  'kms:ScheduleKeyDeletionPendingWindowInDays': {
    type: 'Numeric',
    about: 'The waiting period that is asked for, in days.',
    only: ['ScheduleKeyDeletion'],
  },
  'kms:TrailingDaysWithoutKeyUsage': {
    type: 'Numeric',
    about: 'Whole days since the key was last used for cryptography.',
    only: ['ScheduleKeyDeletion', 'DisableKey'],
  },
  'kms:RotationPeriodInDays': {
    type: 'Numeric',
    about: 'The rotation period that is asked for.',
    only: ['EnableKeyRotation'],
  },
  'kms:ExpirationModel': {
    type: 'String',
    about: 'KEY_MATERIAL_EXPIRES or KEY_MATERIAL_DOES_NOT_EXPIRE.',
    only: ['ImportKeyMaterial'],
  },
  'kms:ValidTo': {
    type: 'Date',
    about: 'When the imported material is to expire, in seconds since 1970 or as a date.',
    only: ['ImportKeyMaterial'],
  },
  'kms:WrappingAlgorithm': {
    type: 'String',
    about: 'How the material to import is to be wrapped.',
    only: ['GetParametersForImport'],
  },
  'kms:WrappingKeySpec': {
    type: 'String',
    about: 'The type of the wrapping key.',
    only: ['GetParametersForImport'],
  },
  'kms:ReplicaRegion': { type: 'String', about: 'The Region of the new replica.', only: ['ReplicateKey'] },
  'kms:PrimaryRegion': {
    type: 'String',
    about: 'The Region that is to become the primary one.',
    only: ['UpdatePrimaryRegion'],
  },
  'kms:RecipientAttestation:ImageSha384': {
    type: 'String',
    about: 'The measurement of the enclave’s image, which is its PCR0, in lower-case hexadecimal.',
    only: enclave,
  },
  'kms:RecipientAttestation:PCR': {
    type: 'String',
    about: 'A platform configuration register of the enclave that asks, like …:PCR8.',
    only: enclave,
  },
  'kms:RecipientAttestation:NitroTPMPCR': {
    type: 'String',
    about: 'A platform configuration register of the NitroTPM that asks, like …:NitroTPMPCR4.',
    only: enclave,
  },
  'kms:CustomerMasterKeySpec': {
    type: 'String',
    about: 'The old name of kms:KeySpec; only CreateKey brings it.',
    only: ['CreateKey'],
  },
  'kms:CustomerMasterKeyUsage': {
    type: 'String',
    about: 'The old name of kms:KeyUsage; only CreateKey brings it.',
    only: ['CreateKey'],
  },

  'aws:PrincipalArn': {
    type: 'ARN',
    about: 'The ARN of the user or role that asks; for a session, its role’s.',
  },
  'aws:PrincipalAccount': { type: 'String', about: 'The account of whoever asks.' },
  'aws:PrincipalType': { type: 'String', about: 'Account, User or AssumedRole.' },
  'aws:PrincipalTag/': { type: 'String', about: 'A tag of the user or role that asks, by its name.' },
  'aws:PrincipalOrgID': { type: 'String', about: 'The organization of the account that asks.' },
  'aws:PrincipalOrgPaths': {
    type: 'String',
    many: true,
    about: 'Where that account stands in its organization.',
  },
  'aws:PrincipalIsAWSService': {
    type: 'Bool',
    about: 'Whether an AWS service asks in its own name.',
  },
  'aws:PrincipalServiceName': { type: 'String', about: 'The AWS service that asks in its own name.' },
  'aws:PrincipalServiceNamesList': {
    type: 'String',
    many: true,
    about: 'All names of the AWS service that asks in its own name.',
  },
  'aws:userid': {
    type: 'String',
    about: 'The unique id of whoever asks; for a session, the role’s id and the session’s name.',
  },
  'aws:username': { type: 'String', about: 'The IAM user’s name. Roles and root have none.' },
  'aws:MultiFactorAuthPresent': {
    type: 'Bool',
    about:
      'Whether the caller signed in with a second factor. Only temporary credentials tell: long-lived access keys have no such key at all.',
  },
  'aws:MultiFactorAuthAge': {
    type: 'Numeric',
    about: 'Seconds since the second factor was shown. Absent without one.',
  },
  'aws:TokenIssueTime': { type: 'Date', about: 'When the temporary credentials were issued.' },
  'aws:ViaAWSService': { type: 'Bool', about: 'Whether an AWS service passes the request on for somebody.' },
  'aws:CalledVia': {
    type: 'String',
    many: true,
    about: 'The AWS services that have passed the request on, like s3.amazonaws.com.',
  },
  'aws:CalledViaFirst': { type: 'String', about: 'The first AWS service that has passed it on.' },
  'aws:CalledViaLast': { type: 'String', about: 'The last AWS service that has passed it on.' },
  'aws:SourceArn': {
    type: 'ARN',
    about: 'The resource on whose behalf an AWS service asks in its own name.',
  },
  'aws:SourceAccount': { type: 'String', about: 'The account of that resource.' },
  'aws:SourceOrgID': { type: 'String', about: 'The organization of that account.' },
  'aws:SourceOrgPaths': {
    type: 'String',
    many: true,
    about: 'Where that account stands in its organization.',
  },
  'aws:ResourceAccount': { type: 'String', about: 'The account that owns the key.' },
  'aws:ResourceOrgID': { type: 'String', about: 'The organization of the account that owns the key.' },
  'aws:ResourceOrgPaths': {
    type: 'String',
    many: true,
    about: 'Where the account that owns the key stands in its organization.',
  },
  'aws:ResourceTag/': { type: 'String', about: 'A tag of the key, by its name.' },
  'aws:RequestTag/': {
    type: 'String',
    about: 'A tag that the request wants to set, by its name.',
    only: ['CreateKey', 'TagResource', 'ReplicateKey'],
  },
  'aws:TagKeys': {
    type: 'String',
    many: true,
    about: 'The names of the tags that the request wants to set or take away.',
    only: ['CreateKey', 'TagResource', 'UntagResource', 'ReplicateKey'],
  },
  'aws:CurrentTime': { type: 'Date', about: 'The time of the request, in UTC: 2027-01-01T03:00:00Z.' },
  'aws:EpochTime': { type: 'Date', about: 'The same in seconds since 1970.' },
  'aws:RequestedRegion': { type: 'String', about: 'The Region whose endpoint was asked.' },
  'aws:SourceIp': {
    type: 'IP',
    about: 'The address that the request comes from. Absent when an AWS service passes it on.',
  },
  'aws:UserAgent': {
    type: 'String',
    about: 'What the client’s program calls itself. Anybody can write anything there.',
  },
  'aws:SecureTransport': { type: 'Bool', about: 'Whether TLS was used. With KMS always true.' },

  'aws:SourceVpce': {
    type: 'String',
    about: 'The VPC endpoint that the request came through, like vpce-1a2b3c4d.',
    elsewhere: true,
  },
  'aws:SourceVpc': { type: 'String', about: 'The VPC of that endpoint.', elsewhere: true },
  'aws:VpcSourceIp': { type: 'IP', about: 'The private address within the VPC.', elsewhere: true },
  'aws:SourceIdentity': {
    type: 'String',
    about: 'Who somebody said they are when they took the role.',
    elsewhere: true,
  },
  'aws:FederatedProvider': {
    type: 'String',
    about: 'The identity provider by which somebody signed in.',
    elsewhere: true,
  },
  'aws:Ec2InstanceSourceVpc': {
    type: 'String',
    about: 'The VPC of the instance that the credentials were given to.',
    elsewhere: true,
  },
  'aws:Ec2InstanceSourcePrivateIPv4': {
    type: 'IP',
    about: 'The private address of the instance that the credentials were given to.',
    elsewhere: true,
  },
  'aws:AssumedRoot': {
    type: 'Bool',
    about: 'Whether somebody acts as a member account’s root for a short task.',
    elsewhere: true,
  },
};

const byLowerName = new Map(
  Object.entries(conditionKeyFacts).map(([name, fact]) => [name.toLowerCase(), { name, fact }]),
);
const openNames = Object.keys(conditionKeyFacts).filter((name) => /[:/]$|PCR$/.test(name));

/** What is known of a condition key, whatever the case of its name. */
export function conditionKeyFact(written: string): { name: string; fact: ConditionKeyFact } | undefined {
  const lower = written.toLowerCase();
  const open = openNames.find((name) => lower.startsWith(name.toLowerCase()));
  if (open === undefined) return byLowerName.get(lower);
  const rest = written.slice(open.length);
  const fits = open.endsWith('PCR') ? /^\d{1,2}$/.test(rest) : rest !== '';
  return fits ? byLowerName.get(open.toLowerCase()) : undefined;
}
