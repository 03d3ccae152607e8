import { expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
import type { DecidingRule, PolicyDocument, PolicyStatement } from '../../src/engine/iam/types.ts';
import { account, ask, caller, document, keyArn, principal } from './support.ts';

/** AWS services as callers: with an identity of their own, or for somebody (AWS managed keys know them by that). */

const allowAll: PolicyStatement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const s3 = 's3.amazonaws.com';
const service = caller(principal('Service', s3, [allowAll]), { sourceAccount: account });

type Row = [name: string, key: PolicyStatement[] | undefined, rule: DecidingRule];
const rows: Row[] = [
  ['is named', [{ ...allowAll, Principal: { Service: s3 } }], 'allowed-by-key-policy'],
  [
    'is among those named',
    [{ ...allowAll, Principal: { Service: ['a.amazonaws.com', s3] } }],
    'allowed-by-key-policy',
  ],
  ['is everyone, too', [{ ...allowAll, Principal: '*' }], 'allowed-by-key-policy'],
  [
    'is everyone, too, written otherwise',
    [{ ...allowAll, Principal: { AWS: '*' } }],
    'allowed-by-key-policy',
  ],
  [
    'is not another service',
    [{ ...allowAll, Principal: { Service: 'ec2.amazonaws.com' } }],
    'no-key-policy-allows',
  ],
  ['is of no account', [{ ...allowAll, Principal: { AWS: account } }], 'no-key-policy-allows'],
  [
    'is of no account, not even of one without a number',
    [{ ...allowAll, Principal: { AWS: '' } }],
    'no-key-policy-allows',
  ],
  ['is no AWS principal of that name', [{ ...allowAll, Principal: { AWS: s3 } }], 'no-key-policy-allows'],
  ['is no federated principal', [{ ...allowAll, Principal: { Federated: s3 } }], 'no-key-policy-allows'],
  ['has no use for policies of its own', undefined, 'no-identity-policy-allows'],
  [
    'can be denied',
    [
      { ...allowAll, Principal: '*' },
      { ...allowAll, Effect: 'Deny', Principal: { Service: s3 } },
    ],
    'explicit-deny-in-key-policy',
  ],
  [
    'can be spared',
    [
      { ...allowAll, Principal: '*' },
      { ...allowAll, Effect: 'Deny', NotPrincipal: { Service: s3 } },
    ],
    'allowed-by-key-policy',
  ],
  [
    'is hit where only users are spared',
    [
      { ...allowAll, Principal: '*' },
      { ...allowAll, Effect: 'Deny', NotPrincipal: { AWS: account } },
    ],
    'explicit-deny-in-key-policy',
  ],
];

test.each(rows)('a service %s', (_name, key, rule) => {
  const request = key
    ? ask({ caller: service, resourcePolicy: document(...key) })
    : ask({ caller: service, action: 'kms:CreateKey', resource: '*', resourceAccountId: '' });
  const decision = authorize(request);
  expect(decision.rule).toBe(rule);
  expect(decision.explanation).not.toContain('account of');
});

test('a refused service is called by its name', () => {
  const { message, explanation } = authorize(ask({ caller: service, resourcePolicy: document() }));
  expect(message).toBe(
    `User: s3.amazonaws.com is not authorized to perform: kms:Encrypt on resource: ${keyArn} ` +
      'because no resource-based policy allows the kms:Encrypt action',
  );
  expect(explanation).toBe('No statement of the key policy allows kms:Encrypt to s3.amazonaws.com.');
});

test('an AWS managed key is for those who come through its service', () => {
  // KMS Developer Guide, "AWS managed keys": the form of their key policies.
  const awsManaged: PolicyDocument = document({
    ...allowAll,
    Principal: { AWS: '*' },
    Condition: {
      StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com', 'kms:CallerAccount': account },
    },
  });
  const asked = (viaService?: string) =>
    authorize(
      ask({
        caller: caller(principal('User', 'Ada', [allowAll]), viaService === undefined ? {} : { viaService }),
        resourcePolicy: awsManaged,
        isAwsManagedKey: true,
        circumstances: { time: 0, region: 'us-east-1', sourceIp: '203.0.113.7', userAgent: '' },
      }),
    );
  expect(asked(s3).rule).toBe('allowed-by-key-policy');
  expect(asked('ec2.amazonaws.com').rule).toBe('no-key-policy-allows');
  expect(asked().rule).toBe('no-key-policy-allows');
  // Nobody can change the policy of such a key.
  expect(asked().smallestChanges).toEqual([]);
});
