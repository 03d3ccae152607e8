import { expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
import type { Account, AuthorizationRequest, Caller } from '../../src/engine/iam/types.ts';
import { account, ask, caller, document, member, otherAccount, principal } from './support.ts';

const circumstances = {
  time: Date.parse('2026-10-01T12:00:00.500Z'),
  region: 'us-east-1',
  sourceIp: '203.0.113.7',
  userAgent: 'aws-cli/2',
};
const signedIn = circumstances.time - 90_000;
const s3 = 's3.amazonaws.com';

const user = caller(principal('User', 'Ada'));
const tagged = caller({ ...principal('User', 'Ada'), tags: { Team: 'red', team2: 'blue' } });
const withToken = caller(principal('User', 'Ada'), { sessionToken: 't', mfa: true, created: signedIn });
const role = caller(principal('Role', 'App'), { created: signedIn });
const root = caller(principal('Root', 'root'));
const forwarded = caller(principal('Role', 'App'), { viaService: s3 });
const service = caller(principal('Service', s3), {
  sourceArn: 'arn:aws:s3:::bucket',
  sourceAccount: otherAccount,
});

const organization = member(account).organization!;
const known = {
  callerAccount: member(account),
  resourceAccount: member(account),
} satisfies Partial<AuthorizationRequest>;
const sourceAccount: Account = {
  ...member(otherAccount),
  organization: { id: 'o-other', path: 'o-other/r/' },
};

/** Condition key, caller, what it is; `undefined` where the request has no such key. */
type Row = [key: string, who: Caller, value: string | undefined, more?: Partial<AuthorizationRequest>];

const rows: Row[] = [
  ['aws:PrincipalArn', user, `arn:aws:iam::${account}:user/Ada`],
  ['aws:PrincipalArn', role, `arn:aws:iam::${account}:role/App`],
  ['aws:PrincipalArn', service, undefined],
  ['aws:PrincipalAccount', user, account],
  ['aws:PrincipalAccount', service, undefined],
  ['kms:CallerAccount', user, account],
  ['kms:CallerAccount', service, undefined],
  ['aws:PrincipalType', user, 'User'],
  ['aws:PrincipalType', role, 'AssumedRole'],
  ['aws:PrincipalType', root, 'Account'],
  ['aws:PrincipalType', service, undefined],
  ['aws:userid', user, 'AIDAAda'],
  ['aws:userid', role, 'AROAApp:session'],
  ['aws:userid', root, account],
  ['aws:username', user, 'Ada'],
  ['aws:username', role, undefined],
  ['aws:PrincipalTag/Team', tagged, 'red'],
  ['AWS:principaltag/TEAM', tagged, 'red'],
  ['aws:PrincipalTag/team2', tagged, 'blue'],
  ['aws:PrincipalTag/other', tagged, undefined],
  ['aws:PrincipalTag/Team', user, undefined],
  ['aws:PrincipalOrgID', user, organization.id, known],
  ['aws:PrincipalOrgPaths', user, organization.path, known],
  ['aws:PrincipalOrgID', user, undefined],
  ['aws:PrincipalOrgID', user, undefined, { callerAccount: { accountId: account } }],
  ['aws:MultiFactorAuthPresent', withToken, 'true'],
  ['aws:MultiFactorAuthPresent', role, 'false'],
  ['aws:MultiFactorAuthPresent', user, undefined],
  ['aws:MultiFactorAuthAge', withToken, '90'],
  ['aws:MultiFactorAuthAge', role, undefined],
  ['aws:TokenIssueTime', role, '2026-10-01T11:58:30Z'],
  ['aws:TokenIssueTime', user, undefined],
  ['aws:FederatedProvider', user, undefined],
  ['aws:ViaAWSService', user, 'false'],
  ['aws:ViaAWSService', forwarded, 'true'],
  ['aws:ViaAWSService', service, 'false'],
  ['aws:CalledVia', forwarded, s3],
  ['aws:CalledViaFirst', forwarded, s3],
  ['aws:CalledViaLast', forwarded, s3],
  ['aws:CalledVia', user, undefined],
  ['kms:ViaService', forwarded, 's3.us-east-1.amazonaws.com'],
  ['kms:ViaService', user, undefined],
  ['kms:ViaService', service, undefined],
  ['aws:PrincipalIsAWSService', user, 'false'],
  ['aws:PrincipalIsAWSService', forwarded, 'false'],
  ['aws:PrincipalIsAWSService', service, 'true'],
  ['aws:PrincipalServiceName', service, s3],
  ['aws:PrincipalServiceNamesList', service, s3],
  ['aws:PrincipalServiceName', forwarded, undefined],
  ['aws:SourceArn', service, 'arn:aws:s3:::bucket'],
  ['aws:SourceAccount', service, otherAccount],
  ['aws:SourceArn', user, undefined],
  ['aws:SourceOrgID', service, 'o-other', { sourceAccount }],
  ['aws:SourceOrgPaths', service, 'o-other/r/', { sourceAccount }],
  ['aws:SourceOrgID', service, undefined],
  ['aws:ResourceAccount', user, account],
  ['aws:ResourceOrgID', user, organization.id, known],
  ['aws:ResourceOrgPaths', user, organization.path, known],
  ['aws:ResourceOrgID', user, undefined],
  ['aws:CurrentTime', user, '2026-10-01T12:00:00Z'],
  ['aws:EpochTime', user, '1790856000'],
  ['aws:RequestedRegion', user, 'us-east-1'],
  ['aws:SourceIp', user, '203.0.113.7'],
  ['aws:SourceIp', forwarded, undefined],
  ['aws:SourceIp', service, undefined],
  ['aws:UserAgent', user, 'aws-cli/2'],
  ['aws:SecureTransport', user, 'true'],
  ['aws:SourceVpce', user, undefined],
];

test.each(rows)('%s', (key, who, value, more = {}) => {
  const holds = (condition: Record<string, Record<string, string>>) =>
    authorize(
      ask({
        caller: who,
        circumstances,
        ...more,
        resourcePolicy: document({
          Effect: 'Allow',
          Principal: '*',
          Action: '*',
          Resource: '*',
          Condition: condition,
        }),
      }),
    ).allowed;
  expect(holds({ Null: { [key]: 'true' } })).toBe(value === undefined);
  if (value !== undefined) expect(holds({ StringEquals: { [key]: value } })).toBe(true);
});

test('a request brings its own values before the global ones', () => {
  const decision = authorize(
    ask({
      conditionKeys: { 'aws:PrincipalTag/team': ['red'] },
      resourcePolicy: document({
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
      }),
    }),
  );
  expect(decision.allowed).toBe(true);
});

test("a tag of the principal's fills in a policy variable", () => {
  const policy = document({
    Effect: 'Allow',
    Principal: '*',
    Action: '*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  });
  const asked = (who: Caller) =>
    authorize(
      ask({ caller: who, resourcePolicy: policy, conditionKeys: { 'aws:ResourceTag/team': ['red'] } }),
    ).allowed;
  expect(asked(tagged)).toBe(true);
  expect(asked(user)).toBe(false);
});
