import type {
  AuthorizationRequest,
  Caller,
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
  const path = { Root: 'root', User: `user/${name}`, Role: `role/${name}` }[type];
  return {
    arn: `arn:aws:iam::${accountId}:${path}`,
    accountId,
    type,
    name,
    principalId: { Root: accountId, User: `AIDA${name}`, Role: `AROA${name}` }[type],
    policies: statements.length > 0 ? [{ name: 'inline', document: document(...statements) }] : [],
  };
}

export function caller(principal: Principal, sessionName = 'session'): Caller {
  const isRole = principal.type === 'Role';
  return {
    principal,
    accessKey: {
      accessKeyId: isRole ? 'ASIAEXAMPLE' : 'AKIAEXAMPLE',
      secretAccessKey: 'secret',
      ...(isRole && { sessionToken: 'token', sessionName }),
      principalArn: principal.arn,
      created: 0,
    },
    arn: isRole
      ? `arn:aws:sts::${principal.accountId}:assumed-role/${principal.name}/${sessionName}`
      : principal.arn,
  };
}

export function document(...statements: PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
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
