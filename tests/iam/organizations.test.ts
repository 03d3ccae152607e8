import { describe, expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
import type {
  Account,
  AuthorizationRequest,
  DecidingRule,
  NamedPolicy,
  PolicyStatement,
} from '../../src/engine/iam/types.ts';
import { account, ask, caller, document, member, otherAccount, policy, principal } from './support.ts';

const allowAll: PolicyStatement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const denyAll: PolicyStatement = { ...allowAll, Effect: 'Deny' };
const everything = policy('FullAWSAccess', { Effect: 'Allow', Action: '*', Resource: '*' });
const decryptOnly = policy('DecryptOnly', { ...allowAll, Action: 'kms:Decrypt' });
const forbidding = policy('NoKms', denyAll);

const ada = caller(principal('User', 'Ada', [allowAll]));
const delegating = document({ ...allowAll, Principal: { AWS: [account, otherAccount] } });
const toService = document({ ...allowAll, Principal: { Service: 's3.amazonaws.com' } });
const serviceLinked = {
  ...principal('Role', 'AWSServiceRoleForX', [allowAll]),
  arn: `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`,
};
const managing = (record: Account): Account => ({
  ...record,
  organization: { id: 'o-exampleorgid', managementAccountId: record.accountId },
});

type Row = [name: string, change: Partial<AuthorizationRequest>, rule: DecidingRule];
const allowed = 'allowed-by-identity-policy-through-root-delegation';

describe('service control policies', () => {
  const under = (...levels: NamedPolicy[][]) => ({
    callerAccount: member(account, { serviceControlPolicies: levels }),
  });
  const rows: Row[] = [
    ['none', { callerAccount: member(account) }, allowed],
    ['that allow everything at each level', under([everything], [everything], [everything]), allowed],
    ['any policy of a level is enough', under([decryptOnly, everything]), allowed],
    [
      'a level that allows something else',
      under([everything], [decryptOnly]),
      'no-service-control-policy-allows',
    ],
    ['a level without any', under([everything], []), 'no-service-control-policy-allows'],
    [
      'a Deny at any level',
      under([everything, forbidding], [everything]),
      'explicit-deny-in-service-control-policy',
    ],
    [
      'restrict whom the key policy names',
      {
        ...under([decryptOnly]),
        caller: caller(principal('User', 'Ada')),
        resourcePolicy: document({ ...allowAll, Principal: '*' }),
      },
      'no-service-control-policy-allows',
    ],
    [
      'restrict the root user',
      { ...under([decryptOnly]), caller: caller(principal('Root', 'root')) },
      'no-service-control-policy-allows',
    ],
    [
      'restrict what identity policies alone decide',
      { ...under([decryptOnly]), action: 'kms:CreateKey', resource: '*' },
      'no-service-control-policy-allows',
    ],
    [
      'do not restrict the management account',
      { callerAccount: managing(under([forbidding]).callerAccount) },
      allowed,
    ],
    [
      'do not restrict service-linked roles',
      { ...under([forbidding]), caller: caller(serviceLinked) },
      allowed,
    ],
    [
      'do not restrict services',
      {
        ...under([forbidding]),
        caller: caller(principal('Service', 's3.amazonaws.com')),
        resourcePolicy: toService,
      },
      'allowed-by-key-policy',
    ],
    [
      "do not restrict another account's principals by the key's account",
      {
        caller: caller(principal('User', 'Eve', [allowAll], otherAccount)),
        resourceAccount: member(account, { serviceControlPolicies: [[forbidding]] }),
      },
      'allowed-by-both-accounts',
    ],
  ];

  test.each(rows)('%s', (_name, change, rule) => {
    const decision = authorize(ask({ caller: ada, resourcePolicy: delegating, ...change }));
    expect(decision.rule).toBe(rule);
  });

  test('a refusal says at which level nothing allows it', () => {
    const { explanation } = authorize(
      ask({ caller: ada, resourcePolicy: delegating, ...under([everything], [decryptOnly]) }),
    );
    expect(explanation).toBe(
      `No service control policy at level 2 of the organization allows kms:Encrypt to account ${account}.`,
    );
  });
});

describe('resource control policies', () => {
  const perimeter = policy('Perimeter', {
    ...denyAll,
    Principal: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-exampleorgid' },
      Bool: { 'aws:PrincipalIsAWSService': 'false' },
    },
  });
  const deputy = policy('ConfusedDeputy', {
    ...denyAll,
    Principal: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-exampleorgid' },
      Null: { 'aws:SourceAccount': 'false' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    },
  });
  const under = (...levels: NamedPolicy[][]) => ({
    resourceAccount: member(account, { resourceControlPolicies: levels }),
  });
  const eve = caller(principal('User', 'Eve', [allowAll], otherAccount));
  const service = (sourceAccount: string) =>
    caller(principal('Service', 's3.amazonaws.com'), { sourceAccount });
  const denied = 'explicit-deny-in-resource-control-policy';
  const rows: Row[] = [
    ['a level without any allows, as AWS attaches its own', under([], []), allowed],
    [
      'keep strangers out (the example of the KMS Developer Guide)',
      { ...under([perimeter]), caller: eve },
      denied,
    ],
    [
      'let in who is of the organization',
      { ...under([perimeter]), caller: eve, callerAccount: member(otherAccount) },
      'allowed-by-both-accounts',
    ],
    ['let in who is of the account', { ...under([perimeter]), callerAccount: member(account) }, allowed],
    [
      'restrict the root user',
      { ...under([policy('No', { ...denyAll, Principal: '*' })]), caller: caller(principal('Root', 'root')) },
      denied,
    ],
    [
      'restrict services that call for strangers (the example of the KMS Developer Guide)',
      { ...under([deputy]), caller: service(otherAccount), resourcePolicy: toService },
      denied,
    ],
    [
      'let in services that call for the organization',
      {
        ...under([deputy]),
        caller: service(otherAccount),
        sourceAccount: member(otherAccount),
        resourcePolicy: toService,
      },
      'allowed-by-key-policy',
    ],
    [
      'do not protect AWS managed keys',
      { ...under([perimeter]), caller: eve, isAwsManagedKey: true },
      'allowed-by-both-accounts',
    ],
    [
      "do not protect the management account's keys",
      { resourceAccount: managing(under([perimeter]).resourceAccount), caller: eve },
      'allowed-by-both-accounts',
    ],
    [
      'do not restrict service-linked roles',
      { ...under([policy('No', { ...denyAll, Principal: '*' })]), caller: caller(serviceLinked) },
      allowed,
    ],
    [
      'have no say in RetireGrant',
      { ...under([perimeter]), caller: eve, action: 'kms:RetireGrant' },
      'allowed-by-both-accounts',
    ],
    [
      "of the caller's account have no say",
      { caller: eve, callerAccount: member(otherAccount, { resourceControlPolicies: [[perimeter]] }) },
      'allowed-by-both-accounts',
    ],
  ];

  test.each(rows)('%s', (_name, change, rule) => {
    const decision = authorize(ask({ caller: ada, resourcePolicy: delegating, ...change }));
    expect(decision.rule).toBe(rule);
  });
});

test('of several Denies, a refusal speaks of the one that AWS comes to first', () => {
  const no = policy('No', denyAll);
  const layers: [DecidingRule, Partial<AuthorizationRequest>][] = [
    [
      'explicit-deny-in-resource-control-policy',
      {
        resourceAccount: member(account, {
          resourceControlPolicies: [[policy('No', { ...denyAll, Principal: '*' })]],
        }),
      },
    ],
    [
      'explicit-deny-in-service-control-policy',
      { callerAccount: member(account, { serviceControlPolicies: [[no]] }) },
    ],
    ['explicit-deny-in-key-policy', { resourcePolicy: document({ ...denyAll, Principal: '*' }) }],
    [
      'explicit-deny-in-identity-policy',
      {
        caller: caller({ ...principal('Role', 'App', [denyAll]), boundary: no }, { sessionPolicies: [no] }),
      },
    ],
    [
      'explicit-deny-in-permissions-boundary',
      { caller: caller({ ...principal('Role', 'App'), boundary: no }, { sessionPolicies: [no] }) },
    ],
    [
      'explicit-deny-in-session-policy',
      { caller: caller(principal('Role', 'App'), { sessionPolicies: [no] }) },
    ],
  ];
  // Each layer is put under those that come before it.
  const below = (index: number) =>
    layers
      .slice(index)
      .reduceRight<Partial<AuthorizationRequest>>((all, [, one]) => ({ ...all, ...one }), {});
  layers.forEach(([rule], index) => {
    expect(authorize(ask({ resourcePolicy: delegating, ...below(index) })).rule).toBe(rule);
  });
});
