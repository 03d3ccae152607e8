import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
import type { AuthorizationRequest, PolicyStatement, Principal } from '../../src/engine/iam/types.ts';
import { naivelyAllowed } from './naive-evaluator.ts';
import { account, caller, document, keyArn, otherAccount, principal } from './support.ts';

// Few values, so that statements and requests often meet.
const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey'];
const actionPatterns = fc.constantFrom(
  '*',
  'kms:*',
  'kms:?ncrypt',
  'kms:*crypt',
  'KMS:DESCRIBE*',
  ...actions,
);
const resources = [keyArn, `arn:aws:kms:us-east-1:${account}:key/other`];
// Wildcards that end their segment or have no colon to run across: there a plain glob is the rule.
const resourcePatterns = fc.constantFrom(
  '*',
  `arn:aws:kms:us-east-1:${account}:key/*`,
  `${keyArn.slice(0, -1)}?`,
  ...resources,
);
const conditionKeyNames = ['kms:KeySpec', 'kms:EncryptionContextKeys'];
const values = ['a', 'b', '1', '7'];

const people = fc
  .tuple(fc.constantFrom<Principal['type']>('User', 'Role', 'Root'), fc.constantFrom(account, otherAccount))
  .map(([type, accountId]) => ({ type, accountId, name: type === 'Root' ? 'root' : 'Ada' }));

const namedPrincipals = fc.constantFrom(
  '*',
  account,
  otherAccount,
  `arn:aws:iam::${account}:root`,
  `arn:aws:iam::${account}:user/Ada`,
  `arn:aws:iam::${account}:role/Ada`,
  `arn:aws:iam::${otherAccount}:user/Ada`,
  `arn:aws:sts::${account}:assumed-role/Ada/session`,
  `arn:aws:sts::${account}:assumed-role/Ada/elsewhere`,
);

const oneOrMore = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));

const conditions = fc.dictionary(
  fc.constantFrom(
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIfExists',
    'ForAllValues:StringEquals',
    'ForAnyValue:StringNotEquals',
  ),
  fc.dictionary(fc.constantFrom(...conditionKeyNames), oneOrMore(fc.constantFrom(...values)), {
    minKeys: 1,
    noNullPrototype: true,
  }),
  { maxKeys: 2, noNullPrototype: true },
);
const otherConditions = fc.oneof(
  oneOrMore(fc.constantFrom('*', 'a', '?')).map((wanted) => ({ StringLike: { 'kms:KeySpec': wanted } })),
  fc.constantFrom('3', '10').map((limit) => ({ NumericLessThan: { 'kms:KeySpec': limit } })),
  fc.constantFrom('true', 'false').map((absent) => ({ Null: { 'kms:KeySpec': absent } })),
);

const statement: fc.Arbitrary<PolicyStatement> = fc
  .record({
    Effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
    action: oneOrMore(actionPatterns),
    notAction: fc.boolean(),
    resource: oneOrMore(resourcePatterns),
    notResource: fc.integer({ min: 0, max: 4 }).map((draw) => draw === 0),
    Condition: fc.option(fc.oneof(conditions, otherConditions), { nil: undefined }),
  })
  .map(({ Effect, action, notAction, resource, notResource, Condition }) => ({
    Effect,
    ...(notAction ? { NotAction: action } : { Action: action }),
    ...(notResource ? { NotResource: resource } : { Resource: resource }),
    ...(Condition && { Condition }),
  }));

const keyStatement: fc.Arbitrary<PolicyStatement> = fc
  .tuple(statement, oneOrMore(namedPrincipals))
  .map(([rest, AWS]) => ({ ...rest, Principal: { AWS } }));

const requests: fc.Arbitrary<AuthorizationRequest> = fc
  .record({
    who: people,
    own: fc.array(statement, { maxLength: 3 }),
    key: fc.option(fc.array(keyStatement, { maxLength: 4 }), { nil: undefined, freq: 6 }),
    action: fc.constantFrom(...actions),
    resource: fc.constantFrom(...resources),
    conditionKeys: fc.dictionary(
      fc.constantFrom(...conditionKeyNames),
      fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 1 }),
      { noNullPrototype: true },
    ),
    several: fc.subarray(values, { minLength: 1 }),
  })
  .map(({ who, own, key, action, resource, conditionKeys, several }) => ({
    caller: caller(principal(who.type, who.name, who.type === 'Root' ? [] : own, who.accountId)),
    action,
    resource,
    // Without a key policy only resources of one's own account are asked for.
    resourceAccountId: key ? account : who.accountId,
    ...(key && { resourcePolicy: document(...key) }),
    conditionKeys: {
      ...conditionKeys,
      ...(conditionKeys['kms:EncryptionContextKeys'] && { 'kms:EncryptionContextKeys': several }),
    },
  }));

test('every decision is the one that a naive reading of the rules gives', { timeout: 60_000 }, () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(requests, (request) => {
      const decision = authorize(request);
      seen.add(decision.rule);
      expect(decision.allowed).toBe(naivelyAllowed(request));
    }),
    { numRuns: 4000 },
  );
  // The requests were varied enough to reach every rule.
  expect([...seen].sort()).toEqual([
    'allowed-by-both-accounts',
    'allowed-by-identity-policy',
    'allowed-by-identity-policy-through-root-delegation',
    'allowed-by-key-policy',
    'explicit-deny-in-identity-policy',
    'explicit-deny-in-key-policy',
    'no-identity-policy-allows',
    'no-key-policy-allows',
  ]);
});

test('the findings tell the same story as the decision', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(requests, (request) => {
      const { allowed, statements, decidedBy } = authorize(request);
      for (const { clauses, matched } of statements)
        expect(clauses.every((one) => one.matched)).toBe(matched);
      const denied = statements.some(({ effect, matched }) => matched && effect === 'Deny');
      if (denied) expect(allowed).toBe(false);
      if (decidedBy !== undefined) expect(statements[decidedBy]!.effect).toBe(allowed ? 'Allow' : 'Deny');
    }),
    { numRuns: 2000 },
  );
});
