import type {
  Account,
  AuthorizationRequest,
  Caller,
  NamedPolicy,
  PolicyDocument,
  PolicyStatement,
  Principal,
} from '../../src/engine/iam/types.ts';

export const account = '111122223333';
export const otherAccount = '444455556666';
export const keyArn = `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

export function principal(
  type: Principal['type'],
  name: string,
  statements: PolicyStatement[] = [],
  accountId = account,
): Principal {
  const policies = statements.length > 0 ? [policy('inline', ...statements)] : [];
  if (type === 'Service') return { arn: name, accountId: '', type, name, principalId: name, policies };
  const path = { Root: 'root', User: `user/${name}`, Role: `role/${name}` }[type];
  return {
    arn: `arn:aws:iam::${accountId}:${path}`,
    accountId,
    type,
    name,
    principalId: { Root: accountId, User: `AIDA${name}`, Role: `AROA${name}` }[type],
    policies,
  };
}

/** A caller with these credentials; a role's is a session that is called `session` unless told. */
export function caller(principal: Principal, credentials: Partial<Caller['accessKey']> = {}): Caller {
  const isRole = principal.type === 'Role';
  const accessKey = {
    accessKeyId: isRole ? 'ASIAEXAMPLE' : 'AKIAEXAMPLE',
    secretAccessKey: 'secret',
    ...(isRole && { sessionToken: 'token', sessionName: 'session' }),
    principalArn: principal.arn,
    created: 0,
    ...credentials,
  };
  return {
    principal,
    accessKey,
    arn: isRole
      ? `arn:aws:sts::${principal.accountId}:assumed-role/${principal.name}/${accessKey.sessionName}`
      : principal.arn,
  };
}

export function document(...statements: PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

export function policy(name: string, ...statements: PolicyStatement[]): NamedPolicy {
  return { name, document: document(...statements) };
}

/** A member account of an organization. */
export function member(
  accountId: string,
  policies: Pick<Account, 'serviceControlPolicies' | 'resourceControlPolicies'> = {},
): Account {
  const organization = {
    id: 'o-exampleorgid',
    path: 'o-exampleorgid/r-ab12/ou-ab12-11111111/',
    managementAccountId: '999999999999',
  };
  return { accountId, organization, ...policies };
}

/** Ada asks to encrypt under a key of her account, unless told otherwise. */
export function ask(change: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return {
    caller: caller(principal('User', 'Ada')),
    action: 'kms:Encrypt',
    resource: keyArn,
    resourceAccountId: account,
    conditionKeys: {},
    ...change,
  };
}
