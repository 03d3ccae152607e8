import { describe, expect, test } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { defaultKeyPolicy } from '../../src/engine/iam/default-key-policy.ts';
import { credentials, foundPrincipals } from '../../src/engine/iam/founding.ts';
import { checkPrincipalsExist, parsePolicyDocument } from '../../src/engine/iam/policy-document.ts';
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
    ['', 'The policy is not valid JSON.'],
    ['{', 'The policy is not valid JSON.'],
    ['[]', 'The policy must be an object.'],
    ['null', 'The policy must be an object.'],
    [policy({}, { Version: '2020-01-01' }), 'Version must be "2012-10-17" or "2008-10-17".'],
    [policy({}, { Statement: [] }), 'The policy has no Statement.'],
    [policy({}, { Statement: undefined }), 'The policy has no Statement.'],
    [policy({}, { Statements: [] }), 'The policy has an unknown element "Statements".'],
    [policy({}, { Id: 1 }), 'Id must be a string.'],
    [policy({ Effect: 'allow' }), 'Statement 1: Effect must be "Allow" or "Deny".'],
    [policy({ Principal: undefined }), 'Statement 1: a key policy statement must have a Principal.'],
    [policy({ NotPrincipal: '*' }), 'Statement 1: Principal and NotPrincipal cannot stand together.'],
    [policy({ NotAction: 'kms:*' }), 'Statement 1: Action and NotAction cannot stand together.'],
    [policy({ Principal: 'Ada' }), 'Statement 1: Principal must be an object.'],
    [policy({ Principal: {} }), 'Statement 1: Principal is empty.'],
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
    [policy({ Condition: { Bool: 'x' } }), 'Statement 1: Condition.Bool must be an object.'],
    [
      policy({ Condition: { Bool: { k: { a: 1 } } } }),
      'Statement 1: Condition.Bool: the values of "k" must be strings, numbers or booleans.',
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
    const check = (AWS: string) => () =>
      checkPrincipalsExist(
        document({ Effect: 'Allow', Principal: { AWS }, Action: '*', Resource: '*' }),
        vault,
      );
    for (const value of [
      '*',
      '999999999999',
      'arn:aws:iam::999999999999:root',
      `arn:aws:iam::${account}:user/Ada`,
      `arn:aws:iam::${account}:role/Auditor`,
      `arn:aws:sts::${account}:assumed-role/Auditor/any-session`,
    ]) {
      expect(check(value)).not.toThrow();
    }
    for (const value of [
      `arn:aws:iam::${account}:user/Nobody`,
      'Ada',
      `arn:aws:iam::${account}:user/*`,
      '',
    ]) {
      expect(check(value)).toThrow(
        expect.objectContaining({
          name: 'MalformedPolicyDocumentException',
          message: 'Policy contains a statement with one or more invalid principals.',
        }),
      );
    }
  });
});
