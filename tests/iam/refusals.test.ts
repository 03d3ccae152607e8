import { describe, expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
import type { AuthorizationRequest, PolicyStatement } from '../../src/engine/iam/types.ts';
import { withChanges } from './apply-changes.ts';
import {
  account,
  ask,
  caller,
  document,
  keyArn,
  member,
  otherAccount,
  policy,
  principal,
} from './support.ts';

/** What a refusal says: AWS's message, and what would have to change. */

const allowAll: PolicyStatement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const denyAll: PolicyStatement = { ...allowAll, Effect: 'Deny', Sid: 'No' };
const decryptOnly: PolicyStatement = { ...allowAll, Action: 'kms:Decrypt' };
const exact: PolicyStatement = { Effect: 'Allow', Action: 'kms:Encrypt', Resource: keyArn };
const delegating = document({ ...allowAll, Principal: { AWS: [account, otherAccount] } });
const ada = principal('User', 'Ada', [allowAll]);
const eve = principal('User', 'Eve', [], otherAccount);
const app = principal('Role', 'App', [allowAll]);

interface Row {
  name: string;
  request: Partial<AuthorizationRequest>;
  /** How AWS's message ends. */
  reason: string;
  changes: object[];
}

const rows: Row[] = [
  {
    name: 'a Deny in the key policy',
    request: { resourcePolicy: document({ ...allowAll, Principal: '*' }, { ...denyAll, Principal: '*' }) },
    reason: 'with an explicit deny in a resource-based policy',
    changes: [
      {
        sentence:
          'Remove statement "No" of the key policy, or narrow it so that it does not cover kms:Encrypt by Ada.',
        policy: 'key policy',
        policyName: 'default',
        remove: 1,
      },
    ],
  },
  {
    name: 'a Deny in an identity policy',
    request: { caller: caller(principal('User', 'Ada', [allowAll, denyAll])) },
    reason: 'with an explicit deny in an identity-based policy',
    changes: [{ policy: 'identity policy', policyName: 'inline', remove: 1 }],
  },
  {
    name: 'a Deny in the permissions boundary',
    request: { caller: caller({ ...ada, boundary: policy('Limit', allowAll, denyAll) }) },
    reason: 'with an explicit deny in a permissions boundary',
    changes: [{ policy: 'permissions boundary', policyName: 'Limit', remove: 1 }],
  },
  {
    name: 'a Deny in a session policy',
    request: { caller: caller(app, { sessionPolicies: [policy('Passed', denyAll, allowAll)] }) },
    reason: 'with an explicit deny in a session policy',
    changes: [{ policy: 'session policy', policyName: 'Passed', remove: 0 }],
  },
  {
    name: 'a Deny in a service control policy',
    request: {
      callerAccount: member(account, {
        serviceControlPolicies: [[policy('Full', allowAll)], [policy('Guard', allowAll, denyAll)]],
      }),
    },
    reason: 'with an explicit deny in a service control policy',
    changes: [
      {
        sentence:
          'Remove statement "No" of service control policy "Guard" at level 2 of the organization, ' +
          'or narrow it so that it does not cover kms:Encrypt by Ada.',
        policy: 'service control policy',
        policyName: 'Guard',
        level: 1,
        remove: 1,
      },
    ],
  },
  {
    name: 'a Deny in a resource control policy',
    request: {
      resourceAccount: member(account, {
        resourceControlPolicies: [[policy('Perimeter', { ...denyAll, Principal: '*' })]],
      }),
    },
    reason: 'with an explicit deny in a resource control policy',
    changes: [{ policy: 'resource control policy', policyName: 'Perimeter', level: 0, remove: 0 }],
  },
  {
    name: 'a level of the organization that does not allow it',
    request: {
      callerAccount: member(account, { serviceControlPolicies: [[policy('Decrypt', decryptOnly)], []] }),
    },
    reason: 'because no service control policy allows the kms:Encrypt action',
    changes: [
      {
        sentence:
          'Add a statement to service control policy "Decrypt" at the organization\'s root that allows ' +
          `kms:Encrypt on ${keyArn}.`,
        policy: 'service control policy',
        policyName: 'Decrypt',
        level: 0,
        add: exact,
      },
      {
        sentence: `Attach a service control policy at level 2 of the organization that allows kms:Encrypt on ${keyArn}.`,
        policy: 'service control policy',
        level: 1,
        add: exact,
      },
    ],
  },
  {
    name: 'a key policy that is silent',
    request: { resourcePolicy: document() },
    reason: 'because no resource-based policy allows the kms:Encrypt action',
    changes: [
      {
        sentence: 'Add a statement to the key policy that allows kms:Encrypt to Ada.',
        policy: 'key policy',
        policyName: 'default',
        add: {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${account}:user/Ada` },
          Action: 'kms:Encrypt',
          Resource: '*',
        },
      },
    ],
  },
  {
    name: 'a key policy that is silent about a service',
    request: { resourcePolicy: document(), caller: caller(principal('Service', 's3.amazonaws.com')) },
    reason: 'because no resource-based policy allows the kms:Encrypt action',
    changes: [{ policy: 'key policy', add: { Principal: { Service: 's3.amazonaws.com' } } }],
  },
  {
    name: 'a key policy that leaves the choice, and nobody has made it',
    request: { caller: caller(principal('User', 'Ada')) },
    reason: 'because no identity-based policy allows the kms:Encrypt action',
    changes: [
      {
        sentence: `Give Ada an identity policy that allows kms:Encrypt on ${keyArn}.`,
        policy: 'identity policy',
        add: exact,
      },
    ],
  },
  {
    name: 'an identity policy about something else',
    request: { caller: caller(principal('User', 'Ada', [decryptOnly])) },
    reason: 'because no identity-based policy allows the kms:Encrypt action',
    changes: [
      {
        sentence: `Add a statement to identity policy "inline" of Ada that allows kms:Encrypt on ${keyArn}.`,
        policy: 'identity policy',
        policyName: 'inline',
        add: exact,
      },
    ],
  },
  {
    name: 'a permissions boundary that does not allow it',
    request: { caller: caller({ ...ada, boundary: policy('Limit', decryptOnly) }) },
    reason: 'because no permissions boundary allows the kms:Encrypt action',
    changes: [{ policy: 'permissions boundary', policyName: 'Limit', add: exact }],
  },
  {
    name: 'session policies that do not allow it',
    request: { caller: caller(app, { sessionPolicies: [policy('Passed', decryptOnly)] }) },
    reason: 'because no session policy allows the kms:Encrypt action',
    changes: [{ policy: 'session policy', policyName: 'Passed', add: exact }],
  },
  {
    name: 'another account that has not allowed it',
    request: { caller: caller(eve) },
    reason: 'because no identity-based policy allows the kms:Encrypt action',
    changes: [{ policy: 'identity policy', add: exact }],
  },
  {
    name: 'two accounts that have not allowed it',
    request: { caller: caller(eve), resourcePolicy: document() },
    reason: 'because no resource-based policy allows the kms:Encrypt action',
    changes: [
      {
        policy: 'key policy',
        add: { Effect: 'Allow', Principal: { AWS: eve.arn }, Action: 'kms:Encrypt', Resource: '*' },
      },
      { policy: 'identity policy', add: exact },
    ],
  },
  {
    name: 'everything at once',
    request: {
      caller: caller(
        { ...principal('Role', 'App', [denyAll]), boundary: policy('Limit', decryptOnly) },
        { sessionPolicies: [policy('Passed', decryptOnly)] },
      ),
      resourcePolicy: document({ ...denyAll, Principal: '*' }),
      callerAccount: member(account, { serviceControlPolicies: [[policy('Guard', denyAll)]] }),
    },
    reason: 'with an explicit deny in a service control policy',
    changes: [
      { policy: 'service control policy', remove: 0 },
      { policy: 'key policy', remove: 0 },
      { policy: 'identity policy', remove: 0 },
      { policy: 'service control policy', add: exact },
      { policy: 'key policy', add: { Principal: { AWS: `arn:aws:iam::${account}:role/App` } } },
      { policy: 'permissions boundary', add: exact },
      { policy: 'session policy', add: exact },
    ],
  },
];

describe('a refusal because of', () => {
  test.each(rows)('$name', ({ request, reason, changes }) => {
    const asked = ask({ caller: caller(ada), resourcePolicy: delegating, ...request });
    const decision = authorize(asked);
    expect(decision.message).toBe(
      `User: ${asked.caller.arn} is not authorized to perform: kms:Encrypt on resource: ${keyArn} ${reason}`,
    );
    expect(decision.smallestChanges).toMatchObject(changes);
    expect(decision.smallestChanges).toHaveLength(changes.length);
    expect(authorize(withChanges(asked, decision.smallestChanges)).allowed).toBe(true);
  });
});

test("no policy opens another account's resource that takes none", () => {
  const decision = authorize(
    ask({ caller: caller(eve), resource: `arn:aws:kms:us-east-1:${account}:alias/a` }),
  );
  expect(decision.rule).toBe('no-key-policy-allows');
  expect(decision.smallestChanges).toEqual([]);
});

test('of a thousand statements the last may decide', () => {
  const others = Array.from({ length: 999 }, (_, index): PolicyStatement => ({
    ...allowAll,
    Sid: `S${index}`,
    Principal: '*',
    Condition: { StringEquals: { 'kms:EncryptionContext:dept': `dept-${index}` } },
  }));
  const decide = (last: PolicyStatement) =>
    authorize(
      ask({
        caller: caller(ada),
        resourcePolicy: document(...others, last),
        conditionKeys: { 'kms:EncryptionContext:dept': ['dept-7'] },
      }),
    );
  expect(decide({ ...allowAll, Principal: '*' })).toMatchObject({
    rule: 'allowed-by-key-policy',
    decidedBy: 7,
  });
  const denied = decide({ ...denyAll, Principal: '*' });
  expect(denied).toMatchObject({ rule: 'explicit-deny-in-key-policy', decidedBy: 999 });
  expect(denied.statements).toHaveLength(1000 + 1);
  expect(denied.smallestChanges).toMatchObject([{ remove: 999 }]);
});
