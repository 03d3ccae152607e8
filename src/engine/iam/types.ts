import type { JsonValue } from '../trace/trace.ts';

/** A policy and the name that it is shown under. */
export interface NamedPolicy {
  name: string;
  document: PolicyDocument;
}

/** A principal of the cloud, as the account's administrator made it. */
export interface Principal {
  /** `arn:aws:iam::111122223333:user/Ada`, `…:role/Auditor`, `…:root`; a service: `s3.amazonaws.com`. */
  arn: string;
  /** Empty for a service, which belongs to no account of this cloud. */
  accountId: string;
  type: 'Root' | 'User' | 'Role' | 'Service';
  /** User or role name; `root` for the account's root user; the service principal's name. */
  name: string;
  /** Unique id: the account number for root, `AIDA…` for a user, `AROA…` for a role. */
  principalId: string;
  /** Identity-based policies, inline. */
  policies: NamedPolicy[];
  /** The permissions boundary, if there is one: identity policies allow nothing that it does not. */
  boundary?: NamedPolicy;
  /** For `aws:PrincipalTag/…`. */
  tags?: Record<string, string>;
  /** One sentence for the learner: who this is. */
  description?: string;
}

/** Credentials. Role credentials carry a session. */
export interface AccessKey {
  /** `AKIA…` for users and root, `ASIA…` for a role session. */
  accessKeyId: string;
  secretAccessKey: string;
  /** Temporary credentials only. */
  sessionToken?: string;
  /** Role sessions only. */
  sessionName?: string;
  /** Policies that were passed when the session was made: the session may do nothing that they do not allow. */
  sessionPolicies?: NamedPolicy[];
  /** The session was made with a second factor. */
  mfa?: boolean;
  /**
   * A forward access session: this AWS service, such as `s3.amazonaws.com`, calls with what the principal had
   * asked of it. Yields kms:ViaService, aws:CalledVia and aws:ViaAWSService.
   */
  viaService?: string;
  /** Service principals only: the resource on whose behalf the service calls (`aws:SourceArn`). */
  sourceArn?: string;
  /** Service principals only: its account (`aws:SourceAccount`). */
  sourceAccount?: string;
  principalArn: string;
  /** Milliseconds since the Unix epoch. */
  created: number;
}

/** An AWS account of the cloud. An account without a record belongs to no organization. */
export interface Account {
  accountId: string;
  name?: string;
  organization?: {
    /** `o-exampleorgid` */
    id: string;
    /** `o-exampleorgid/r-ab12/ou-ab12-11111111/`, for `aws:PrincipalOrgPaths`. */
    path?: string;
    /** SCPs do not restrict the management account. */
    managementAccountId?: string;
  };
  /**
   * Service control policies, a list a level of the organization (root, OU, account): each level must allow.
   * Absent: no SCP restricts the account.
   */
  serviceControlPolicies?: NamedPolicy[][];
  /**
   * Resource control policies, likewise. Each level has AWS's own RCPFullAWSAccess besides, which cannot be
   * detached, so that only a Deny can make a difference.
   */
  resourceControlPolicies?: NamedPolicy[][];
}

/** What a grant says, as far as a decision looks at it (AWS KMS Developer Guide, "Grants in AWS KMS"). */
export interface Grant {
  grantId: string;
  name?: string;
  /** ARN of an account root, user, role, or session. One of the two is there. */
  granteePrincipal?: string;
  /** `s3.amazonaws.com` */
  granteeServicePrincipal?: string;
  /** GrantOperation values: `Decrypt`, `ReEncryptFrom`, … */
  operations: readonly string[];
  constraints?: {
    encryptionContextEquals?: Record<string, string>;
    encryptionContextSubset?: Record<string, string>;
    sourceArn?: string;
  };
}

/** Who made the request, once its signature has been verified. */
export interface Caller {
  principal: Principal;
  accessKey: AccessKey;
  /** As AWS prints it: the principal's ARN, or `arn:aws:sts::…:assumed-role/Role/session`. */
  arn: string;
}

export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: PolicyStatement | PolicyStatement[];
}

export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: '*' | Record<string, string | string[]>;
  NotPrincipal?: '*' | Record<string, string | string[]>;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, JsonValue>>;
}

/** Circumstances of a request that AWS's global condition keys (`aws:SourceIp`, …) speak of. */
export interface RequestCircumstances {
  /** Milliseconds since the Unix epoch. */
  time: number;
  region: string;
  sourceIp: string;
  userAgent: string;
}

/** The question put to the evaluator. */
export interface AuthorizationRequest {
  caller: Caller;
  /** `kms:Encrypt` */
  action: string;
  /** ARN, or `*` for actions that name no resource. */
  resource: string;
  /** The account that owns the resource; for `*`, the caller's. */
  resourceAccountId: string;
  /** The key policy; absent for actions that only identity policies decide. */
  resourcePolicy?: PolicyDocument;
  /** The caller's account: its service control policies restrict the caller. */
  callerAccount?: Account;
  /** The resource's account: its resource control policies restrict who may use its keys. */
  resourceAccount?: Account;
  /** Where an AWS service calls by itself: the account of the resource on whose behalf it does (`aws:SourceOrgID`). */
  sourceAccount?: Account;
  /** Grants on the key whose grantee may be the caller. */
  grants?: readonly Grant[];
  /** RCPs do not restrict AWS managed keys. */
  isAwsManagedKey?: boolean;
  /** What grant constraints look at; the condition keys about it stand in `conditionKeys`. */
  encryptionContext?: Readonly<Record<string, string>>;
  /** Condition keys and their values, e.g. `kms:EncryptionContext:dept` → `['IT']`. */
  conditionKeys: Record<string, string[]>;
  /** Yields the global condition keys; a gateway `Call` will do. Without it those keys are absent. */
  circumstances?: RequestCircumstances;
}

/** One clause of a statement and whether it fits the request. */
export interface ClauseFinding {
  clause: 'Principal' | 'NotPrincipal' | 'Action' | 'NotAction' | 'Resource' | 'NotResource' | 'Condition';
  matched: boolean;
  /** The clause as written. */
  wanted: JsonValue;
  /** What the request brought. */
  found: JsonValue;
  /** One sentence: why it matched or did not. */
  why: string;
}

/** In the order of looking. */
export type PolicyKind =
  | 'key policy'
  | 'identity policy'
  | 'permissions boundary'
  | 'session policy'
  | 'service control policy'
  | 'resource control policy';

export interface StatementFinding {
  policy: PolicyKind;
  /** The policy's name; `default` for a key policy. */
  policyName: string;
  /** Level of the organization, from 0, its root; service and resource control policies only. */
  level?: number;
  /** Position in the document, from 0. */
  index: number;
  sid?: string;
  effect: 'Allow' | 'Deny';
  matched: boolean;
  clauses: ClauseFinding[];
}

/** One part of a grant and whether it fits the request. */
export interface GrantPartFinding {
  part: 'Grantee' | 'Operations' | 'EncryptionContextEquals' | 'EncryptionContextSubset' | 'SourceArn';
  matched: boolean;
  wanted: JsonValue;
  found: JsonValue;
  why: string;
}

export interface GrantFinding {
  grantId: string;
  name?: string;
  matched: boolean;
  parts: GrantPartFinding[];
}

export type DecidingRule =
  | 'explicit-deny-in-key-policy'
  | 'explicit-deny-in-identity-policy'
  | 'explicit-deny-in-permissions-boundary'
  | 'explicit-deny-in-session-policy'
  | 'explicit-deny-in-service-control-policy'
  | 'explicit-deny-in-resource-control-policy'
  | 'allowed-by-key-policy'
  | 'allowed-by-identity-policy-through-root-delegation'
  | 'allowed-by-identity-policy'
  | 'allowed-by-both-accounts'
  | 'allowed-by-grant'
  | 'no-service-control-policy-allows'
  | 'no-permissions-boundary-allows'
  | 'no-session-policy-allows'
  | 'no-key-policy-allows'
  | 'no-identity-policy-allows';

/** A part of the smallest change under which the same request would have been allowed. */
export interface SmallestChange {
  /** One sentence: where to change what. */
  sentence: string;
  /** The policy to change. */
  policy: PolicyKind;
  /** Absent where there is no policy of this kind yet. */
  policyName?: string;
  /** Level of the organization, from 0, its root; service and resource control policies only. */
  level?: number;
  /** Add this statement … */
  add?: PolicyStatement;
  /** … or remove the statement at this position. */
  remove?: number;
}

/** The answer, with everything needed to explain it. */
export interface Decision {
  allowed: boolean;
  rule: DecidingRule;
  /** Every statement that was looked at, in the order of looking. */
  statements: StatementFinding[];
  /** Every grant that was looked at. */
  grants: GrantFinding[];
  /** Index into `statements` of the one that decided; absent when none did. */
  decidedBy?: number;
  /** Id of the grant that decided. */
  decidedByGrant?: string;
  /** Plain words for the learner: why, in one sentence. */
  explanation: string;
  /**
   * For a refusal: what would have to change. All of them together allow the request; positions are those in the
   * documents as they stand. Empty where no change of a policy could allow it.
   */
  smallestChanges: SmallestChange[];
  /** AWS's AccessDeniedException message; empty when allowed. */
  message: string;
}
