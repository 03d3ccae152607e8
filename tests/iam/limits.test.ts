import { expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
import type { DecidingRule, NamedPolicy, PolicyStatement, Principal } from '../../src/engine/iam/types.ts';
import { account, ask, caller, document, otherAccount, policy, principal } from './support.ts';

/** Permissions boundaries and session policies, and which ways in they limit. */

const allowAll: PolicyStatement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const denyAll: PolicyStatement = { ...allowAll, Effect: 'Deny' };
const open = [allowAll];
const shut: PolicyStatement[] = [{ ...allowAll, Action: 'kms:Decrypt' }];

const naming = (aws: string): PolicyStatement => ({ ...allowAll, Principal: { AWS: aws } });
const user = `arn:aws:iam::${account}:user/Ada`;
const role = `arn:aws:iam::${account}:role/App`;
const session = `arn:aws:sts::${account}:assumed-role/App/session`;
const boundary = (statements: PolicyStatement[]) => ({ boundary: policy('Limit', ...statements) });
const sessions = (...documents: PolicyStatement[][]): NamedPolicy[] =>
  documents.map((statements, index) => policy(`Session ${index}`, ...statements));

const ada = (own: PolicyStatement[] = [], limits: Partial<Principal> = {}) => ({
  ...principal('User', 'Ada', own),
  ...limits,
});
const app = (own: PolicyStatement[] = [], limits: Partial<Principal> = {}) => ({
  ...principal('Role', 'App', own),
  ...limits,
});
const eve = (own: PolicyStatement[] = [], limits: Partial<Principal> = {}) => ({
  ...principal('User', 'Eve', own, otherAccount),
  ...limits,
});

type Row = [
  name: string,
  who: Principal,
  sessionPolicies: NamedPolicy[] | undefined,
  key: PolicyStatement | undefined,
  rule: DecidingRule,
];

const delegated = 'allowed-by-identity-policy-through-root-delegation';
const rows: Row[] = [
  ['a boundary that allows too', ada(open, boundary(open)), undefined, naming(account), delegated],
  [
    'a boundary alone gives nothing',
    ada([], boundary(open)),
    undefined,
    naming(account),
    'no-identity-policy-allows',
  ],
  [
    'a boundary that does not allow',
    ada(open, boundary(shut)),
    undefined,
    naming(account),
    'no-permissions-boundary-allows',
  ],
  [
    'a boundary that denies',
    ada(open, boundary([allowAll, denyAll])),
    undefined,
    naming(user),
    'explicit-deny-in-permissions-boundary',
  ],
  [
    'a boundary where identity policies alone decide',
    ada(open, boundary(shut)),
    undefined,
    undefined,
    'no-permissions-boundary-allows',
  ],
  [
    'what names a user, a boundary does not limit',
    ada([], boundary(shut)),
    undefined,
    naming(user),
    'allowed-by-key-policy',
  ],
  [
    'what names a role, a boundary limits',
    app([], boundary(shut)),
    undefined,
    naming(role),
    'no-permissions-boundary-allows',
  ],
  [
    'what names a session, a boundary does not limit',
    app([], boundary(shut)),
    undefined,
    naming(session),
    'allowed-by-key-policy',
  ],
  [
    'what names everyone, a boundary does not limit',
    app([], boundary(shut)),
    undefined,
    naming('*'),
    'allowed-by-key-policy',
  ],
  ['a session policy that allows too', app(open), sessions(open), naming(account), delegated],
  ['one of several session policies is enough', app(open), sessions(shut, open), naming(account), delegated],
  ['no session policies were passed', app(open), sessions(), naming(account), delegated],
  [
    'a session policy that does not allow',
    app(open),
    sessions(shut),
    naming(account),
    'no-session-policy-allows',
  ],
  [
    'a session policy alone gives nothing',
    app(),
    sessions(open),
    naming(account),
    'no-identity-policy-allows',
  ],
  [
    'a session policy that denies',
    app(open),
    sessions([allowAll, denyAll]),
    naming(session),
    'explicit-deny-in-session-policy',
  ],
  [
    'what names a role, a session policy limits',
    app(),
    sessions(shut),
    naming(role),
    'no-session-policy-allows',
  ],
  [
    'what names a session, a session policy does not limit',
    app(),
    sessions(shut),
    naming(session),
    'allowed-by-key-policy',
  ],
  [
    'what names a user, limits the sessions that the user made',
    ada(),
    sessions(shut),
    naming(user),
    'no-session-policy-allows',
  ],
  [
    'and so does the boundary of that user',
    ada([], boundary(shut)),
    sessions(open),
    naming(user),
    'no-permissions-boundary-allows',
  ],
  [
    'a session of the root user',
    principal('Root', 'root'),
    sessions(shut),
    naming(account),
    'no-session-policy-allows',
  ],
  [
    'boundary before session policy',
    app(open, boundary(shut)),
    sessions(shut),
    naming(account),
    'no-permissions-boundary-allows',
  ],
  [
    'between accounts a boundary limits even what names the user',
    eve(open, boundary(shut)),
    undefined,
    naming(`arn:aws:iam::${otherAccount}:user/Eve`),
    'no-permissions-boundary-allows',
  ],
  [
    'between accounts a session policy limits, too',
    eve(open),
    sessions(shut),
    naming('*'),
    'no-session-policy-allows',
  ],
  [
    'between accounts with all on their side',
    eve(open, boundary(open)),
    sessions(open),
    naming('*'),
    'allowed-by-both-accounts',
  ],
];

test.each(rows)('%s', (_name, who, sessionPolicies, key, rule) => {
  const decision = authorize(
    ask({
      caller: caller(who, sessionPolicies ? { sessionPolicies } : {}),
      ...(key && { resourcePolicy: document(key) }),
    }),
  );
  expect(decision.rule).toBe(rule);
  expect(decision.explanation).toMatch(/^[A-Z].+\.$/);
});

test('Deny with NotPrincipal never spares whoever has a permissions boundary', () => {
  const spared = { ...denyAll, NotPrincipal: { AWS: [user, account] } };
  const rule = (who: Principal) =>
    authorize(ask({ caller: caller(who), resourcePolicy: document(naming(user), spared) })).rule;
  expect(rule(ada())).toBe('allowed-by-key-policy');
  expect(rule(ada([], boundary(open)))).toBe('explicit-deny-in-key-policy');
});

test('each statement is shown with the policy that it is from', () => {
  const { statements } = authorize(
    ask({
      caller: caller(app(open, boundary(open)), { sessionPolicies: sessions(open, shut) }),
      resourcePolicy: document(naming(account)),
    }),
  );
  expect(statements.map((one) => [one.policy, one.policyName])).toEqual([
    ['key policy', 'default'],
    ['identity policy', 'inline'],
    ['permissions boundary', 'Limit'],
    ['session policy', 'Session 0'],
    ['session policy', 'Session 1'],
  ]);
});
