import type { JsonValue } from '../trace/trace.ts';

/** A principal of the cloud, as the account's administrator made it. */
export interface Principal {
  /** `arn:aws:iam::111122223333:user/Ada`, `…:role/Auditor` or `…:root`. */
  arn: string;
  accountId: string;
  type: 'Root' | 'User' | 'Role';
  /** User or role name; `root` for the account's root user. */
  name: string;
  /** Unique id: the account number for root, `AIDA…` for a user, `AROA…` for a role. */
  principalId: string;
  /** Identity-based policies, inline. */
  policies: { name: string; document: PolicyDocument }[];
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
  principalArn: string;
  /** Milliseconds since the Unix epoch. */
  created: number;
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

export interface StatementFinding {
  policy: 'key policy' | 'identity policy';
  /** The identity policy's name; `default` for a key policy. */
  policyName: string;
  /** Position in the document, from 0. */
  index: number;
  sid?: string;
  effect: 'Allow' | 'Deny';
  matched: boolean;
  clauses: ClauseFinding[];
}

export type DecidingRule =
  | 'explicit-deny-in-identity-policy'
  | 'explicit-deny-in-key-policy'
  | 'allowed-by-key-policy'
  | 'allowed-by-identity-policy-through-root-delegation'
  | 'allowed-by-identity-policy'
  | 'allowed-by-both-accounts'
  | 'no-key-policy-allows'
  | 'no-identity-policy-allows';

/** The answer, with everything needed to explain it. */
export interface Decision {
  allowed: boolean;
  rule: DecidingRule;
  /** Every statement that was looked at, in the order of looking. */
  statements: StatementFinding[];
  /** Index into `statements` of the one that decided; absent when none did. */
  decidedBy?: number;
  /** Plain words for the learner: why, in one sentence. */
  explanation: string;
  /** AWS's AccessDeniedException message; empty when allowed. */
  message: string;
}
