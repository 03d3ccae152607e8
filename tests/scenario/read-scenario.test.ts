import { describe, expect, test } from 'vitest';
import { parseScenario, readScenario, ScenarioError } from '../../src/engine/scenario/read-scenario.ts';

const accountId = '111122223333';

/** One account with these members. */
const withAccount = (members: object) => ({
  version: 1,
  accounts: [{ accountId, principals: [], ...members }],
});
const withKey = (key: object) => withAccount({ keys: [key] });
const withPrincipal = (principal: object) => withAccount({ principals: [principal] });

function problems(value: unknown): readonly string[] {
  try {
    readScenario(value);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] };

describe('a scenario', () => {
  test('is read as it is written', () => {
    const scenario = {
      $schema: './scenario.schema.json',
      version: 1,
      description: 'Two companies and a key between them.',
      seed: 'lesson 7',
      clock: { start: '2026-10-01T08:00:00Z', pace: { secondsPerRequest: 60 } },
      accounts: [
        {
          accountId,
          name: 'Acme',
          organization: { id: 'o-exampleorgid', managementAccountId: '999999999999' },
          serviceControlPolicies: [[{ name: 'FullAWSAccess', document: allow }]],
          principals: [
            {
              type: 'User',
              name: 'Ada',
              path: '/staff/',
              policies: [{ name: 'Administrator', document: allow }],
              accessKeys: [{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }],
            },
            { type: 'Role', name: 'App', accessKeys: [{ sessionName: 'web', mfa: true }] },
            { type: 'Service', name: 's3.amazonaws.com', accessKeys: [{ sourceArn: 'arn:aws:s3:::b' }] },
          ],
          keys: [
            {
              keyId: 'mrk-1234abcd12ab34cd56ef1234567890ab',
              multiRegion: true,
              replicas: ['eu-west-1'],
              aliases: ['alias/shared'],
              policy: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }],
              },
              grants: [{ granteePrincipal: 'arn:aws:iam::111122223333:role/App', operations: ['Decrypt'] }],
            },
          ],
        },
      ],
      quotas: { requests: { Encrypt: 5 }, resources: { keys: 10 } },
    };
    expect(readScenario(scenario)).toEqual(scenario);
    expect(parseScenario(JSON.stringify(scenario))).toEqual(scenario);
  });

  test.each<[string, unknown, string]>([
    ['no object', 'x', 'The scenario: Invalid type: Expected Object but received "x"'],
    ['a version to come', { version: 2, accounts: [] }, 'version: Invalid type: Expected 1 but received 2'],
    ['no accounts', { version: 1, accounts: [] }, 'accounts: A cloud has at least one account.'],
    ['an unknown member', { ...withAccount({}), colour: 'red' }, 'colour: There is no such member.'],
    [
      'a missing member',
      { version: 1, accounts: [{ accountId }] },
      'accounts[0].principals: This is missing.',
    ],
    [
      'an account number in place of its text',
      { version: 1, accounts: [{ accountId: 111122223333, principals: [] }] },
      'accounts[0].accountId: Invalid type: Expected string but received 111122223333',
    ],
    [
      'a member of another kind of principal',
      withPrincipal({ type: 'Service', name: 's3.amazonaws.com', policies: [] }),
      'accounts[0].principals[0].policies: There is no such member.',
    ],
    [
      'an unknown kind of principal',
      withPrincipal({ type: 'Group', name: 'G' }),
      'accounts[0].principals[0].type: Invalid type: Expected ("User" | "Role" | "Service") but received "Group"',
    ],
    [
      'a policy that IAM would refuse',
      withPrincipal({
        type: 'User',
        name: 'Ada',
        policies: [
          { name: 'P', document: { Statement: { Effect: 'Permit', Action: 'kms:*', Resource: '*' } } },
        ],
      }),
      'accounts[0].principals[0].policies[0].document: Statement 1: Effect must be "Allow" or "Deny".',
    ],
    [
      'an identity policy with a principal',
      withPrincipal({
        type: 'User',
        name: 'Ada',
        boundary: { name: 'B', document: { Statement: { Effect: 'Allow', Principal: '*', Action: '*' } } },
      }),
      'accounts[0].principals[0].boundary.document: Policy document should not specify a principal.',
    ],
    [
      'a key policy without one',
      withKey({ policy: allow }),
      'accounts[0].keys[0].policy: Policy contains a statement with no principal.',
    ],
    [
      'an AWS alias',
      withKey({ aliases: ['alias/aws/s3'] }),
      'accounts[0].keys[0].aliases[0]: An alias looks like',
    ],
    [
      'a spec that does not exist',
      withKey({ spec: 'AES' }),
      'accounts[0].keys[0].spec: Invalid type: Expected',
    ],
    [
      'an id that says single-Region',
      withKey({ keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', multiRegion: true }),
      'accounts[0].keys[0].keyId: The ids of multi-Region keys',
    ],
    [
      'replicas of a single-Region key',
      withKey({ replicas: ['eu-west-1'] }),
      'accounts[0].keys[0].replicas: Only a multi-Region key has replicas.',
    ],
    [
      'a replica beside its primary',
      withKey({ multiRegion: true, region: 'eu-west-1', replicas: ['eu-west-1'] }),
      'accounts[0].keys[0].replicas: A key is once in each Region, and its own is eu-west-1.',
    ],
    [
      'a grant to nobody',
      withKey({ grants: [{ operations: ['Encrypt'] }] }),
      'accounts[0].keys[0].grants[0]: A grant has one grantee, a principal or a service.',
    ],
    [
      'one name twice',
      withAccount({
        principals: [
          { type: 'User', name: 'Ada' },
          { type: 'User', name: 'Ada' },
        ],
      }),
      'accounts[0].principals[1].name: User Ada of account 111122223333 is there already.',
    ],
    [
      'one alias twice',
      withAccount({ keys: [{ aliases: ['alias/a'] }, { aliases: ['alias/a'], region: 'us-east-1' }] }),
      'accounts[0].keys[1].aliases[0]: alias/a of account 111122223333 in us-east-1 is there already.',
    ],
    [
      'one access key twice',
      withAccount({
        rootAccessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
        principals: [{ type: 'User', name: 'A', accessKeys: [{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }] }],
      }),
      'accounts[0].principals[0].accessKeys[0].accessKeyId: Access key AKIAIOSFODNN7EXAMPLE is there already.',
    ],
    ['a pace that is none', { ...withAccount({}), clock: { pace: 'fast' } }, 'clock.pace: A pace is "real"'],
    [
      'a time that is none',
      { ...withAccount({}), clock: { start: 'noon' } },
      'clock.start: A time looks like',
    ],
  ])('with %s is refused, and says where', (_, value, problem) => {
    expect(problems(value).some((found) => found.startsWith(problem))).toBe(true);
  });

  test('tells everything that is wrong with it at once', () => {
    const value = withAccount({ accountId: '1', name: '', keys: [{ spec: 'AES' }] });
    expect(problems(value)).toHaveLength(3);
    expect(() => readScenario(value)).toThrow(/^The scenario is not valid\.\n {2}accounts\[0\]\.accountId: /);
  });

  test('that is no JSON says so', () => {
    expect(() => parseScenario('{')).toThrow('It is not JSON');
  });
});
