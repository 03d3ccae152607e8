import { describe, expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
import { defaultKeyPolicy } from '../../src/engine/iam/default-key-policy.ts';
import type {
  AuthorizationRequest,
  DecidingRule,
  PolicyStatement,
  Principal,
} from '../../src/engine/iam/types.ts';
import { account, ask, caller, document, keyArn, otherAccount, principal } from './support.ts';

const allowAll: PolicyStatement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const denyAll: PolicyStatement = { Effect: 'Deny', Action: 'kms:*', Resource: '*' };
const root = `arn:aws:iam::${account}:root`;
const forAll = (statement: PolicyStatement, aws: string | string[]): PolicyStatement => ({
  ...statement,
  Principal: { AWS: aws },
});

const ada = (...statements: PolicyStatement[]) => principal('User', 'Ada', statements);
const role = (...statements: PolicyStatement[]) => principal('Role', 'App', statements);
const stranger = (...statements: PolicyStatement[]) => principal('User', 'Eve', statements, otherAccount);

interface Row {
  name: string;
  who: Principal;
  /** Statements of the key policy; absent for actions that no key policy decides. */
  key?: PolicyStatement[];
  request?: Partial<AuthorizationRequest>;
  rule: DecidingRule;
}

const rows: Row[] = [
  {
    name: 'the key policy names the user: no identity policy is needed',
    who: ada(),
    key: [forAll(allowAll, `arn:aws:iam::${account}:user/Ada`)],
    rule: 'allowed-by-key-policy',
  },
  {
    name: 'the key policy names another user',
    who: ada(allowAll),
    key: [forAll(allowAll, `arn:aws:iam::${account}:user/Bob`)],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'the key policy names the role: all its sessions are meant',
    who: role(),
    key: [forAll(allowAll, `arn:aws:iam::${account}:role/App`)],
    rule: 'allowed-by-key-policy',
  },
  {
    name: 'the key policy names the session',
    who: role(),
    key: [forAll(allowAll, `arn:aws:sts::${account}:assumed-role/App/session`)],
    rule: 'allowed-by-key-policy',
  },
  {
    name: 'the key policy names another session of the role',
    who: role(allowAll),
    key: [forAll(allowAll, `arn:aws:sts::${account}:assumed-role/App/other`)],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'the key policy names everybody',
    who: ada(),
    key: [forAll(allowAll, '*')],
    rule: 'allowed-by-key-policy',
  },
  {
    name: 'the bare asterisk is everybody too',
    who: ada(),
    key: [{ ...allowAll, Principal: '*' }],
    rule: 'allowed-by-key-policy',
  },
  {
    name: 'an ARN with a wildcard names nobody',
    who: ada(allowAll),
    key: [forAll(allowAll, `arn:aws:iam::${account}:user/*`)],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'a service is not a user',
    who: ada(allowAll),
    key: [{ ...allowAll, Principal: { Service: 's3.amazonaws.com' } }],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'root delegation hands the decision to identity policies',
    who: ada(allowAll),
    key: [forAll(allowAll, root)],
    rule: 'allowed-by-identity-policy-through-root-delegation',
  },
  {
    name: 'the bare account number delegates as well',
    who: ada(allowAll),
    key: [forAll(allowAll, account)],
    rule: 'allowed-by-identity-policy-through-root-delegation',
  },
  {
    name: 'delegation alone allows nothing',
    who: ada(),
    key: [forAll(allowAll, root)],
    rule: 'no-identity-policy-allows',
  },
  {
    name: 'an identity policy alone allows nothing: the key policy is silent',
    who: ada(allowAll),
    key: [],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'delegation covers only the actions it lists',
    who: ada(allowAll),
    key: [forAll({ ...allowAll, Action: 'kms:Describe*' }, root)],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'the root user is who the account statement names',
    who: principal('Root', 'root'),
    key: [forAll(allowAll, root)],
    rule: 'allowed-by-key-policy',
  },
  {
    name: 'even the root user needs the key policy',
    who: principal('Root', 'root'),
    key: [forAll(allowAll, `arn:aws:iam::${account}:user/Ada`)],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'a Deny in the key policy wins over everything',
    who: ada(allowAll),
    key: [forAll(allowAll, '*'), forAll(denyAll, `arn:aws:iam::${account}:user/Ada`)],
    rule: 'explicit-deny-in-key-policy',
  },
  {
    name: 'a Deny for the account hits everybody in it',
    who: ada(allowAll),
    key: [forAll(allowAll, '*'), forAll(denyAll, root)],
    rule: 'explicit-deny-in-key-policy',
  },
  {
    name: 'a Deny in the identity policy wins over the key policy',
    who: ada(denyAll),
    key: [forAll(allowAll, `arn:aws:iam::${account}:user/Ada`)],
    rule: 'explicit-deny-in-identity-policy',
  },
  {
    name: 'another account needs both sides',
    who: stranger(allowAll),
    key: [forAll(allowAll, otherAccount)],
    rule: 'allowed-by-both-accounts',
  },
  {
    name: "another account: the caller's own side is missing, even if the key policy names the caller",
    who: stranger(),
    key: [forAll(allowAll, `arn:aws:iam::${otherAccount}:user/Eve`)],
    rule: 'no-identity-policy-allows',
  },
  {
    name: "another account: the owner's side is missing",
    who: stranger(allowAll),
    key: [forAll(allowAll, root)],
    rule: 'no-key-policy-allows',
  },
  {
    name: "another account's root user needs no identity policy",
    who: principal('Root', 'root', [], otherAccount),
    key: [forAll(allowAll, otherAccount)],
    rule: 'allowed-by-both-accounts',
  },
  {
    name: 'without a key policy the identity policy decides',
    who: ada({ Effect: 'Allow', Action: 'kms:CreateKey', Resource: '*' }),
    request: { action: 'kms:CreateKey', resource: '*' },
    rule: 'allowed-by-identity-policy',
  },
  {
    name: 'without a key policy, and without an identity policy',
    who: ada(),
    request: { action: 'kms:CreateKey', resource: '*' },
    rule: 'no-identity-policy-allows',
  },
  {
    name: 'the root user may do what identity policies decide',
    who: principal('Root', 'root'),
    request: { action: 'kms:CreateKey', resource: '*' },
    rule: 'allowed-by-identity-policy',
  },
  {
    name: "another account's resource without a policy is out of reach",
    who: stranger(allowAll),
    request: { resource: `arn:aws:kms:us-east-1:${account}:alias/a` },
    rule: 'no-key-policy-allows',
  },
  {
    name: 'actions have no case',
    who: ada(),
    key: [forAll({ ...allowAll, Action: 'KMS:encrypt' }, '*')],
    rule: 'allowed-by-key-policy',
  },
  {
    name: 'a wildcard within an action',
    who: ada(),
    key: [forAll({ ...allowAll, Action: 'kms:*cr?pt' }, '*')],
    rule: 'allowed-by-key-policy',
  },
  {
    name: 'NotAction allows what it does not list',
    who: ada(),
    key: [forAll({ Effect: 'Allow', NotAction: ['kms:Decrypt', 'kms:Sign'], Resource: '*' }, '*')],
    rule: 'allowed-by-key-policy',
  },
  {
    name: 'NotAction does not allow what it lists',
    who: ada(),
    key: [forAll({ Effect: 'Allow', NotAction: 'kms:E*', Resource: '*' }, '*')],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'a resource ARN with a wildcard',
    who: ada({ ...allowAll, Resource: `arn:aws:kms:*:${account}:key/*` }),
    key: [forAll(allowAll, root)],
    rule: 'allowed-by-identity-policy-through-root-delegation',
  },
  {
    name: 'a wildcard in the midst of a segment stays within it',
    who: ada({ ...allowAll, Resource: `arn:aws:k*b` }),
    key: [forAll(allowAll, root)],
    rule: 'no-identity-policy-allows',
  },
  {
    name: 'the ARN of another key',
    who: ada({ ...allowAll, Resource: `${keyArn}x` }),
    key: [forAll(allowAll, root)],
    rule: 'no-identity-policy-allows',
  },
  {
    name: 'NotResource allows every other key',
    who: ada({ Effect: 'Allow', Action: 'kms:*', NotResource: `${keyArn}x` }),
    key: [forAll(allowAll, root)],
    rule: 'allowed-by-identity-policy-through-root-delegation',
  },
  {
    name: 'a policy variable in a resource',
    who: ada({ ...allowAll, Resource: 'arn:aws:kms:us-east-1:${aws:PrincipalAccount}:key/*' }),
    key: [forAll(allowAll, root)],
    rule: 'allowed-by-identity-policy-through-root-delegation',
  },
  {
    name: 'a statement without Action is of no effect',
    who: ada(),
    key: [forAll({ Effect: 'Allow', Resource: '*' }, '*')],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'a statement without Resource is of no effect',
    who: ada(),
    key: [forAll({ Effect: 'Allow', Action: 'kms:*' }, '*')],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'Deny with NotPrincipal spares whoever is listed with account',
    who: ada(),
    key: [
      forAll(allowAll, '*'),
      { ...denyAll, NotPrincipal: { AWS: [`arn:aws:iam::${account}:user/Ada`, root] } },
    ],
    rule: 'allowed-by-key-policy',
  },
  {
    name: 'Deny with NotPrincipal hits a user whose account alone is listed',
    who: ada(),
    key: [forAll(allowAll, '*'), { ...denyAll, NotPrincipal: { AWS: root } }],
    rule: 'explicit-deny-in-key-policy',
  },
  {
    name: 'an unknown condition operator fails an Allow',
    who: ada(),
    key: [forAll({ ...allowAll, Condition: { StringResembles: { 'kms:KeySpec': 'RSA' } } }, '*')],
    rule: 'no-key-policy-allows',
  },
  {
    name: 'an unknown condition operator upholds a Deny',
    who: ada(),
    key: [
      forAll(allowAll, '*'),
      forAll({ ...denyAll, Condition: { StringResembles: { 'kms:KeySpec': 'RSA' } } }, '*'),
    ],
    rule: 'explicit-deny-in-key-policy',
  },
];

test.each(rows)('$name', ({ who, key, request, rule }) => {
  const decision = authorize(
    ask({ caller: caller(who), ...(key && { resourcePolicy: document(...key) }), ...request }),
  );
  expect(decision.rule).toBe(rule);
  expect(decision.allowed).toBe(rule.startsWith('allowed'));
  expect(decision.message === '').toBe(decision.allowed);
  expect(decision.explanation).toMatch(/^[A-Z].+\.$/);
  for (const statement of decision.statements) {
    // The findings come from the same matching: a statement matches when all its clauses do.
    expect(statement.clauses.every(({ matched }) => matched)).toBe(statement.matched);
    for (const { why } of statement.clauses) expect(why).toMatch(/^["A-Z].+\.$/);
  }
  if (decision.decidedBy !== undefined) {
    const deciding = decision.statements[decision.decidedBy]!;
    expect(deciding.matched).toBe(true);
    expect(deciding.effect).toBe(rule.startsWith('allowed') ? 'Allow' : 'Deny');
  }
});

describe("AWS's words for a refusal", () => {
  const message = (who: Principal, ...key: PolicyStatement[]) =>
    authorize(ask({ caller: caller(who), resourcePolicy: document(...key) })).message;
  const beginning = (arn: string) =>
    `User: ${arn} is not authorized to perform: kms:Encrypt on resource: ${keyArn} `;
  const adaArn = `arn:aws:iam::${account}:user/Ada`;

  test('under the default key policy', () => {
    const decision = authorize(ask({ caller: caller(role()), resourcePolicy: defaultKeyPolicy(account) }));
    expect(decision.message).toBe(
      `${beginning(`arn:aws:sts::${account}:assumed-role/App/session`)}because no identity-based policy allows the kms:Encrypt action`,
    );
    expect(decision.explanation).toBe(
      "The key policy leaves the choice to the identity policies of App's account, and none allows kms:Encrypt.",
    );
  });

  test('each reason', () => {
    expect(message(ada(allowAll))).toBe(
      `${beginning(adaArn)}because no resource-based policy allows the kms:Encrypt action`,
    );
    expect(message(ada(), forAll(denyAll, '*'))).toBe(
      `${beginning(adaArn)}with an explicit deny in a resource-based policy`,
    );
    expect(message(ada(denyAll), forAll(allowAll, '*'))).toBe(
      `${beginning(adaArn)}with an explicit deny in an identity-based policy`,
    );
  });
});

test('the default key policy is the one that AWS documents', () => {
  expect(JSON.stringify(defaultKeyPolicy(account))).toBe(
    '{"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions",' +
      '"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}]}',
  );
});

test('a pattern made to be slow is not', () => {
  const pattern = `${'a*'.repeat(2000)}b`;
  const policy = document(forAll({ ...allowAll, Resource: pattern }, '*'));
  const decision = authorize(ask({ resource: 'a'.repeat(500), resourcePolicy: policy }));
  // A backtracking matcher would not come back from this.
  expect(decision.allowed).toBe(false);
});
