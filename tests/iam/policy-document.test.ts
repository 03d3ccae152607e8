import { describe, expect, test } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { defaultKeyPolicy } from '../../src/engine/iam/default-key-policy.ts';
import { credentials, foundPrincipal, foundPrincipals } from '../../src/engine/iam/founding.ts';
import { checkPrincipalsExist } from '../../src/engine/iam/existing-principals.ts';
import { parsePolicyDocument } from '../../src/engine/iam/grammar/policy.ts';
import { principals } from '../../src/engine/iam/tables.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { openVault } from '../../src/engine/vault/open-vault.ts';
import { account, document } from './support.ts';

const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
const policy = (change: object, top: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { ...statement, ...change }, ...top });

describe('reading a key policy', () => {
  test.each([
    JSON.stringify(defaultKeyPolicy(account)),
    policy({}),
    JSON.stringify({ Statement: [statement] }),
    policy({ Action: undefined, Resource: undefined }),
    policy({ Condition: { 'ForAnyValue:StringLikeIfExists': { 'kms:KeySpec': ['RSA*', 1, true] } } }),
    policy({ Sid: 'Ünder 0xFF' }),
    policy({
      Action: undefined,
      NotAction: ['kms:Delete*'],
      Principal: undefined,
      NotPrincipal: { AWS: account },
    }),
  ])('accepts %s', (text) => {
    expect(parsePolicyDocument(text)).toEqual(JSON.parse(text));
  });

  test.each([
    ['', 'This policy contains invalid Json'],
    ['{', 'This policy contains invalid Json'],
    ['[]', 'The policy must be an object.'],
    ['null', 'The policy must be an object.'],
    [policy({}, { Version: '2020-01-01' }), 'Version must be "2012-10-17" or "2008-10-17".'],
    [policy({}, { Statement: [] }), 'The policy has no Statement.'],
    [policy({}, { Statement: undefined }), 'The policy has no Statement.'],
    [policy({}, { Statements: [] }), 'The policy has an unknown element "Statements".'],
    [policy({}, { Id: 1 }), 'Id must be a string.'],
    [policy({ Effect: 'allow' }), 'Statement 1: Effect must be "Allow" or "Deny".'],
    [policy({ Principal: undefined }), 'Policy contains a statement with no principal.'],
    [policy({ Principal: {} }), 'Policy contains a statement with no principal.'],
    [policy({ Principal: { AWS: [] } }), 'Policy contains a statement with no principal.'],
    [policy({ NotPrincipal: '*' }), 'Statement 1: Principal and NotPrincipal cannot stand together.'],
    [policy({ NotAction: 'kms:*' }), 'Statement 1: Action and NotAction cannot stand together.'],
    [policy({ Principal: 'Ada' }), 'Statement 1: Principal must be an object.'],
    [policy({ Principal: { AWS: 7 } }), 'Statement 1: Principal.AWS must be a string or a list of strings.'],
    [policy({ Principal: { Group: 'x' } }), 'Statement 1: Principal has an unknown element "Group".'],
    [
      policy({ Action: 'Encrypt' }),
      'Statement 1: "Encrypt" is not an action; actions look like "kms:Encrypt".',
    ],
    [policy({ Action: [] }), 'Statement 1: Action must be a string or a list of strings.'],
    [policy({ Resource: { a: 1 } }), 'Statement 1: Resource must be a string or a list of strings.'],
    [policy({ Condition: 'x' }), 'Statement 1: Condition must be an object.'],
    [policy({ Condition: { StringIs: {} } }), 'Statement 1: Condition: there is no operator "StringIs".'],
    [
      policy({ Condition: { NullIfExists: { k: 'true' } } }),
      'Statement 1: Condition: there is no operator "NullIfExists".',
    ],
    [policy({ Condition: { Bool: 'x' } }), 'Statement 1: Condition.Bool must be an object.'],
    [
      policy({ Condition: { Bool: { k: { a: 1 } } } }),
      'Statement 1: Condition.Bool: the values of "k" must be strings, numbers or booleans.',
    ],
    [
      policy({ Condition: { 'ForAllValues:StringEquals': { 'kms:EncryptionContext:dept': 'IT' } } }),
      'Statement 1: Condition: ForAllValues with "kms:EncryptionContext:dept", which has one value, would allow too much.',
    ],
    [
      policy({ Condition: { 'ForAllValues:StringLike': { 'aws:RequestTag/team': '*' } } }),
      'Statement 1: Condition: ForAllValues with "aws:RequestTag/team", which has one value, would allow too much.',
    ],
    [policy({ Sid: 'Ω' }), 'The policy contains a character that is not allowed.'],
    [
      `{"Version":"2012-10-17","__proto__":{},"Statement":[]}`,
      'The policy has an unknown element "__proto__".',
    ],
  ])('refuses %s', (text, message) => {
    expect(() => parsePolicyDocument(text)).toThrow(
      expect.objectContaining({ name: 'MalformedPolicyDocumentException', message }),
    );
  });

  test('refuses more than 32 KiB', () => {
    const text = policy({ Sid: 'x'.repeat(32_768) });
    expect(() => parsePolicyDocument(text)).toThrow(
      expect.objectContaining({ name: 'LimitExceededException' }),
    );
  });
});

describe('reading a policy of another place', () => {
  const nobody = { Principal: undefined };
  const deny = { Effect: 'Deny' };

  test.each([
    ['identity', policy(nobody)],
    ['identity', policy({ ...nobody, Action: undefined, NotAction: 'iam:*' })],
    ['identity', policy({}, { Statement: [{ Effect: 'Deny', NotAction: 'a:*', NotResource: '*' }] })],
    ['identity', policy({ ...nobody, Sid: 'x'.repeat(40_000) })],
    ['resource-control', policy(deny)],
    ['resource-control', policy({ ...deny, Resource: undefined, NotResource: 'arn:aws:kms:*:*:key/a' })],
  ] as const)('accepts as %s: %s', (place, text) => {
    expect(parsePolicyDocument(text, place)).toEqual(JSON.parse(text));
  });

  test.each([
    ['identity', policy({}), 'Policy document should not specify a principal.'],
    [
      'identity',
      policy({ ...nobody, NotPrincipal: { AWS: account } }),
      'Policy document should not specify a principal.',
    ],
    ['identity', policy({ ...nobody, Action: undefined }), 'Policy statement must contain actions.'],
    ['identity', policy({ ...nobody, Resource: undefined }), 'Policy statement must contain resources.'],
    [
      'identity',
      policy({}, { Statement: Array(2).fill({ ...statement, ...nobody, Sid: 'one' }) }),
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    [
      'resource-control',
      policy({}),
      'Statement 1: Effect must be "Deny": of resource control policies, only AWS\'s own allows.',
    ],
    ['resource-control', policy({ ...deny, ...nobody }), 'Statement 1: Principal must be "*".'],
    [
      'resource-control',
      policy({ ...deny, Principal: { AWS: account } }),
      'Statement 1: Principal must be "*".',
    ],
    [
      'resource-control',
      policy({ ...deny, Action: undefined, NotAction: 'kms:*' }),
      'Statement 1: a resource control policy cannot have NotAction.',
    ],
    [
      'resource-control',
      policy(deny, { Version: undefined }),
      'The Version of a resource control policy must be "2012-10-17".',
    ],
  ] as const)('refuses as %s: %s', (place, text, message) => {
    expect(() => parsePolicyDocument(text, place)).toThrow(
      expect.objectContaining({ name: 'MalformedPolicyDocumentException', message }),
    );
  });
});

describe('a new cloud', () => {
  async function founded() {
    const vault = await openVault({ adapter: memoryAdapter(), clock: { now: () => 0 } });
    await vault.transact('founding', (transaction) =>
      foundPrincipals(transaction, { randomness: systemRandomness, time: 0 }),
    );
    return vault;
  }

  test('has five principals, each with a key of its own', async () => {
    const vault = await founded();
    const all = credentials(vault);
    expect(all.map(({ principal }) => principal.name)).toEqual([
      'root',
      'Ada',
      'FileVault',
      'Mallory',
      'Auditor',
    ]);
    for (const { principal, accessKey } of all) {
      const isRole = principal.type === 'Role';
      expect(accessKey.accessKeyId).toMatch(isRole ? /^ASIA[A-Z2-7]{16}$/ : /^AKIA[A-Z2-7]{16}$/);
      expect(accessKey.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
      expect(accessKey.sessionToken !== undefined).toBe(isRole);
    }
    expect(new Set(all.map(({ accessKey }) => accessKey.secretAccessKey)).size).toBe(5);
  });

  test('a policy may name those who exist, and other accounts', async () => {
    const vault = await founded();
    await vault.transact('more', (transaction) =>
      foundPrincipal(transaction, { type: 'Role', name: 'Deep', path: '/teams/' }, [], {
        accountId: account,
        randomness: systemRandomness,
        time: 0,
      }),
    );
    const check = (Principal: Record<string, string>) => () =>
      checkPrincipalsExist(document({ Effect: 'Allow', Principal, Action: '*', Resource: '*' }), vault);
    const uniqueId = vault.get(principals, `arn:aws:iam::${account}:user/Ada`)!.principalId;
    for (const AWS of [
      '*',
      '999999999999',
      'arn:aws:iam::999999999999:root',
      `arn:aws:iam::${account}:user/Ada`,
      uniqueId,
      `arn:aws:iam::${account}:role/Auditor`,
      `arn:aws:sts::${account}:assumed-role/Auditor/any-session`,
      `arn:aws:iam::${account}:role/teams/Deep`,
      `arn:aws:sts::${account}:assumed-role/Deep/any-session`,
      `arn:aws:sts::${account}:federated-user/Somebody`,
    ]) {
      expect(check({ AWS }), AWS).not.toThrow();
    }
    expect(check({ Service: 's3.amazonaws.com' })).not.toThrow();
    expect(check({ Service: 'logs.us-east-1.amazonaws.com' })).not.toThrow();
    expect(check({ Federated: 'cognito-identity.amazonaws.com' })).not.toThrow();

    const refused = expect.objectContaining({
      name: 'MalformedPolicyDocumentException',
      message: 'Policy contains a statement with one or more invalid principals.',
    });
    for (const AWS of [
      `arn:aws:iam::${account}:user/Nobody`,
      'Ada',
      `arn:aws:iam::${account}:user/*`,
      '',
      'AIDAQQQQQQQQQQQQQQQQQ',
      `arn:aws:iam::${account}:group/Admins`,
      `arn:aws:sts::${account}:assumed-role/Nobody/session`,
      `arn:aws:sts::${account}:assumed-role/Auditor`,
      // Of other accounts this cloud knows the number and no more.
      'arn:aws:iam::999999999999:user/Ada',
      'arn:aws:sts::999999999999:federated-user/Somebody',
    ]) {
      expect(check({ AWS }), AWS).toThrow(refused);
    }
    expect(check({ Service: 's3' })).toThrow(refused);
    expect(check({ Service: 's3.example.com' })).toThrow(refused);
  });
});
