import type { KMS } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { decisionIn, type ShownDecision } from '../../src/lib/glass/decision/decision.ts';
import type { Scenario } from '../../src/engine/scenario/schema/scenario.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { member, otherAccount, policy } from './support.ts';

/** The same rules by signed requests, and what the glass gets to see of them. */

const accountId = '111122223333';
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/${keyId}`;
const allowAll = { Effect: 'Allow', Action: 'kms:*', Resource: '*' } as const;
const everything = [policy('Everything', allowAll)];
const { organization } = member(accountId);

const scenario: Scenario = {
  version: 1,
  accounts: [
    {
      accountId,
      organization: organization!,
      serviceControlPolicies: [
        [policy('Guardrail', allowAll, { Effect: 'Deny', Action: 'kms:CreateKey', Resource: '*' })],
      ],
      resourceControlPolicies: [
        [
          policy('Perimeter', {
            Effect: 'Deny',
            Principal: '*',
            Action: 'kms:Encrypt',
            Resource: '*',
            Condition: {
              StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization!.id },
              Bool: { 'aws:PrincipalIsAWSService': 'false' },
            },
          }),
        ],
      ],
      principals: [
        { type: 'User', name: 'Ada', policies: everything },
        {
          type: 'User',
          name: 'Limited',
          policies: everything,
          boundary: policy('Reading', { ...allowAll, Action: 'kms:DescribeKey' }),
        },
        {
          type: 'Role',
          name: 'Narrow',
          policies: everything,
          accessKeys: [{ sessionPolicies: [policy('Passed', { ...allowAll, Action: 'kms:DescribeKey' })] }],
        },
      ],
      keys: [
        {
          keyId,
          policy: {
            Version: '2012-10-17',
            Statement: [{ ...allowAll, Principal: { AWS: [accountId, otherAccount] } }],
          },
          grants: [
            { granteePrincipal: `arn:aws:iam::${otherAccount}:user/Guest`, operations: ['GenerateDataKey'] },
          ],
        },
      ],
    },
    {
      accountId: otherAccount,
      principals: [
        { type: 'User', name: 'Eve', policies: everything },
        { type: 'User', name: 'Guest' },
      ],
    },
  ],
};

const requests = {
  CreateKey: (client: KMS) => client.createKey({}),
  DescribeKey: (client: KMS) => client.describeKey({ KeyId: keyArn }),
  Encrypt: (client: KMS) => client.encrypt({ KeyId: keyArn, Plaintext: new Uint8Array(1) }),
  GenerateDataKey: (client: KMS) => client.generateDataKey({ KeyId: keyArn, KeySpec: 'AES_256' }),
  ListKeys: (client: KMS) => client.listKeys({}),
};

/** How a request ended, and the decision on its trace. */
async function asked(
  name: string,
  request: keyof typeof requests,
): Promise<{ refusal: string | undefined; decision: ShownDecision }> {
  const cloud = await openTestCloud({ scenario });
  const decisions: ShownDecision[] = [];
  cloud.observe(({ trace }) => {
    const values = trace.steps.flatMap(({ fields }) => fields.map(({ value }) => value));
    decisions.push(...values.flatMap((value) => decisionIn(value) ?? []));
  });
  const refusal = await requests[request](kms(cloud, name)).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  return { refusal, decision: decisions.at(-1)! };
}

test.each<[name: string, request: keyof typeof requests, reason: string | undefined]>([
  ['Ada', 'Encrypt', undefined],
  ['Ada', 'CreateKey', 'with an explicit deny in a service control policy'],
  ['Limited', 'DescribeKey', undefined],
  ['Limited', 'Encrypt', 'because no permissions boundary allows the kms:Encrypt action'],
  ['Limited', 'ListKeys', 'because no permissions boundary allows the kms:ListKeys action'],
  ['Narrow', 'Encrypt', 'because no session policy allows the kms:Encrypt action'],
  ['Eve', 'DescribeKey', undefined],
  ['Eve', 'Encrypt', 'with an explicit deny in a resource control policy'],
  ['Guest', 'GenerateDataKey', undefined],
  ['Guest', 'DescribeKey', 'because no identity-based policy allows the kms:DescribeKey action'],
])('%s asks for %s: %s', async (name, request, reason) => {
  const { refusal, decision } = await asked(name, request);
  if (reason === undefined) expect(refusal).toBeUndefined();
  else expect(refusal).toMatch(new RegExp(`^AccessDeniedException: User: .* ${reason}$`));
  expect(decision.allowed).toBe(reason === undefined);
  expect(decision.smallestChanges.length > 0).toBe(reason !== undefined);
});

test('the glass is told which grant let somebody in', async () => {
  const { decision } = await asked('Guest', 'GenerateDataKey');
  expect(decision.grants).toMatchObject([{ grantId: decision.decidedByGrant, matched: true }]);
});
