import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { checkPrincipalsExist } from '../../src/engine/iam/existing-principals.ts';
import { foundPrincipals } from '../../src/engine/iam/founding.ts';
import { parsePolicyDocument } from '../../src/engine/iam/grammar/policy.ts';
import { principals } from '../../src/engine/iam/tables.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { openVault } from '../../src/engine/vault/open-vault.ts';
import type { Reader } from '../../src/engine/vault/vault.ts';
import { keyPolicyOf } from '../../src/lib/console/create/key-policy.ts';
import { actionFacts } from '../../src/lib/console/policy/knowledge/actions.ts';
import type { PolicyWorld } from '../../src/lib/console/policy/lint/finding.ts';
import { lintPolicy } from '../../src/lib/console/policy/lint/lint.ts';
import { operations } from '../../src/lib/operations/operations.ts';

const accountId = '111122223333';
const arnOf = (name: string) => `arn:aws:iam::${accountId}:${name}`;
let world: PolicyWorld;
let reader: Reader;

beforeAll(async () => {
  const vault = await openVault({ adapter: memoryAdapter(), clock: { now: () => 0 } });
  await vault.transact('founding', (transaction) =>
    foundPrincipals(transaction, { randomness: systemRandomness, time: 0 }),
  );
  reader = vault;
  world = {
    accountId,
    principals: vault.list(principals).map(({ value }) => value),
    actions: actionFacts(operations),
  };
});

const root = {
  Sid: 'Root',
  Effect: 'Allow',
  Principal: { AWS: arnOf('root') },
  Action: 'kms:*',
  Resource: '*',
};
const use = {
  Sid: 'Use',
  Effect: 'Allow',
  Principal: { AWS: arnOf('role/FileVault') },
  Action: ['kms:Encrypt', 'kms:Decrypt'],
  Resource: '*',
};
const textOf = (Statement: unknown, more: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', ...more, Statement }, null, 2);
/** What is found beyond the harmless statement for the root user. */
const found = (statement: object, more: object = {}) => {
  const text = textOf([root, statement], more);
  return lintPolicy(text, world).map(({ rule, from, to }) => `${rule}: ${text.slice(from, to)}`);
};
const rules = (text: string) => lintPolicy(text, world).map(({ rule, severity }) => `${severity} ${rule}`);

test('AWS’s default policy, its console’s, and a plain statement for a role give nothing to say', () => {
  const console = keyPolicyOf({
    ...{ accountId, partition: 'aws', keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT' },
    ...{ origin: 'AWS_KMS', multiRegion: true, adminsDelete: true },
    administrators: [arnOf('user/Ada')],
    users: [arnOf('role/FileVault')],
  });
  expect(lintPolicy(JSON.stringify(console), world)).toEqual([]);
  expect(lintPolicy(textOf(root), world)).toEqual([]);
  expect(found(use)).toEqual([]);
});

describe('what is no JSON', () => {
  test.each([
    ['{"Version": "2012-10-17" "Statement": []}', '"Statement"', 'comma'],
    ['{"Statement": [],}', '}', 'comma before a closing brace'],
    ['{"Statement": [1,]}', ']', 'comma before a closing bracket'],
    ["{'a': 1}", "'a'", 'double quotes'],
    ['{"a": 1} 2', '2', 'end'],
    ['{"a": [', '[', 'A'],
    ['{ /* why */ }', '/* why */', 'comments'],
    ['', '', 'A value'],
  ])('%s', (text, at, words) => {
    const [finding, ...others] = lintPolicy(text, world);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'json', severity: 'error' });
    expect(text.slice(finding!.from, finding!.to)).toBe(at);
    expect(finding!.message).toContain(words);
  });
});

describe('what PutKeyPolicy refuses', () => {
  test.each([
    ['an effect', { ...use, Effect: 'Maybe' }, 'malformed: "Maybe"'],
    ['an element', { ...use, Why: 'x' }, 'malformed: "Why"'],
    ['nobody', { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }, 'malformed: {'],
    ['an action', { ...use, Action: 'Decrypt' }, 'malformed: "Decrypt"'],
    ['an operator', { ...use, Condition: { Same: { 'kms:ViaService': 'x' } } }, 'malformed: "Same"'],
  ])('%s', (_what, statement, wanted) => {
    expect(found(statement).join()).toContain(wanted);
  });

  test('a name that the cloud does not know, with the one that may be meant', () => {
    const [finding] = lintPolicy(
      textOf([root, { ...use, Principal: { AWS: arnOf('role/FileVaut') } }]),
      world,
    );
    expect(finding).toMatchObject({ rule: 'unknown-principal', severity: 'error' });
    expect(finding!.message).toContain(`Did you mean ${arnOf('role/FileVault')}?`);
  });

  test('more than 32 KiB, and characters beyond U+00FF', () => {
    expect(rules(textOf(root) + ' '.repeat(33_000))).toEqual(['error size']);
    const text = textOf({ ...root, Sid: 'Wurzel…' });
    const [finding] = lintPolicy(text, world);
    expect(text.slice(finding!.from, finding!.to)).toBe('…');
  });

  test('is what the lint calls errors, and nothing else', () => {
    const anyName = fc.constantFrom(
      ...['*', accountId, arnOf('root'), arnOf('user/Ada'), arnOf('user/Nobody'), 'Ada', '99'],
      ...['arn:aws:sts::111122223333:assumed-role/Auditor/x', 'arn:aws:sts::111122223333:assumed-role/No/x'],
      'arn:aws:sts::111122223333:federated-user/Somebody',
    );
    const anyService = fc.constantFrom('s3.amazonaws.com', 'logs.us-east-1.amazonaws.com', 'S3', 's3.com');
    const someOf = (texts: fc.Arbitrary<string>) => fc.oneof(texts, fc.array(texts, { maxLength: 2 }));
    const principal = fc.oneof(
      fc.constantFrom('*', undefined, 'x'),
      fc.record({ AWS: someOf(anyName), Service: someOf(anyService) }, { requiredKeys: [] }),
    );
    const mostly = <Value, Odd>(usual: Value, odd: fc.Arbitrary<Odd>) =>
      fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });
    const statement = fc.record(
      {
        Effect: mostly('Allow', fc.constantFrom('Deny', 'Perhaps')),
        Principal: principal,
        NotPrincipal: mostly(undefined, principal),
        Action: mostly(
          'kms:Decrypt',
          someOf(fc.constantFrom('kms:*', '*', 'kms:Guess', 's3:Get*', 'Decrypt')),
        ),
        Condition: mostly(
          { StringEquals: { 'kms:ViaService': ['a', 'b'] } },
          fc.constantFrom(
            { 'ForAllValues:StringEquals': { 'kms:EncryptionContext:a': 'b' } },
            { Null: { 'kms:RequestAlias': true } },
            { Bool: {} },
            { Sames: {} },
            'x',
          ),
        ),
      },
      { requiredKeys: ['Effect', 'Principal'] },
    );
    const accepted = (text: string) => {
      try {
        checkPrincipalsExist(parsePolicyDocument(text), reader);
        return true;
      } catch {
        return false;
      }
    };
    let taken = 0;
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 2 }), (statements) => {
        const text = textOf(statements.length === 1 ? statements[0] : statements);
        const isTaken = accepted(text);
        if (isTaken) taken++;
        expect(lintPolicy(text, world).some(({ severity }) => severity === 'error')).toBe(!isTaken);
      }),
      { numRuns: 1000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

const allowing = (Principal: unknown, more: object = {}) => ({ ...use, Principal, ...more });
const when = (Condition: object, more: object = {}) => ({ ...use, Condition, ...more });

describe('what may not be meant', () => {
  test.each([
    ['anyone', allowing('*'), ['anyone: "*"']],
    ['anyone in a list', allowing({ AWS: ['*'] }), ['anyone: "*"']],
    [
      'anyone with a condition that limits nobody',
      allowing('*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      ['anyone: "*"'],
    ],
    [
      'everybody of an account, directly',
      allowing('*', { Condition: { StringEquals: { 'kms:CallerAccount': accountId } } }),
      ['via-service: "*"'],
    ],
    [
      'every account through a service',
      allowing('*', { Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } }),
      ['via-service: "*"'],
    ],
    [
      'a service for whomever',
      allowing({ Service: 's3.amazonaws.com' }),
      ['confused-deputy: "s3.amazonaws.com"'],
    ],
    [
      'all but somebody',
      { ...use, Principal: undefined, NotPrincipal: { AWS: arnOf('user/Ada') } },
      ['not-principal: "NotPrincipal"'],
    ],
    [
      'all of KMS for a user',
      allowing({ AWS: arnOf('user/Ada') }, { Action: 'kms:*' }),
      ['full-access: "kms:*"'],
    ],
    [
      'all actions but some',
      { ...use, Action: undefined, NotAction: 'kms:Decrypt' },
      ['not-action: "NotAction"'],
    ],
    ['an action that there is not', { ...use, Action: ['kms:Decript'] }, ['unknown-action: "kms:Decript"']],
    ['an action of another service', { ...use, Action: 's3:GetObject' }, ['other-service: "s3:GetObject"']],
    [
      'an action that no key policy decides',
      { ...use, Action: 'kms:CreateKey' },
      ['inert-action: "kms:CreateKey"'],
    ],
    ['grants by hand', { ...use, Action: 'kms:CreateGrant' }, ['grants-by-hand: "kms:CreateGrant"']],
    ['no action', { ...use, Action: undefined }, ['no-action: {']],
    ['no resource', { ...use, Resource: undefined }, ['no-resource: {']],
    ['a resource', { ...use, Resource: 'arn:aws:kms:*' }, ['resource: "arn:aws:kms:*"']],
    ['the same Sid', { ...use, Sid: 'Root' }, ['duplicate-sid: "Root"']],
    [
      'a condition key that there is not',
      when({ StringEquals: { 'kms:ViaServce': 'x' } }),
      ['unknown-condition-key: "kms:ViaServce"'],
    ],
    [
      'a key that this cloud never brings',
      when({ StringEquals: { 'aws:SourceVpce': 'x' } }),
      ['elsewhere: "aws:SourceVpce"'],
    ],
    [
      'an operator of another kind',
      when({ StringEquals: { 'aws:SourceIp': '203.0.113.0/24' } }),
      ['operator-type: "aws:SourceIp"'],
    ],
    [
      'several values without a set operator',
      when({ StringEquals: { 'kms:EncryptionContextKeys': 'a' } }),
      ['set-operator: "kms:EncryptionContextKeys"'],
    ],
    [
      'ForAllValues',
      when({ 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': 'a' } }),
      ['for-all-values: "kms:EncryptionContextKeys"'],
    ],
    [
      'a wildcard that is none',
      when({ StringEquals: { 'kms:RequestAlias': 'alias/app*' } }),
      ['value: "kms:RequestAlias"'],
    ],
    [
      'neither true nor false',
      when({ Bool: { 'aws:ViaAWSService': 'yes' } }),
      ['value: "aws:ViaAWSService"'],
    ],
    [
      'a key that these requests never have',
      when({ StringEquals: { 'kms:SigningAlgorithm': 'x' } }),
      ['never-brought: "kms:SigningAlgorithm"'],
    ],
    [
      'a second factor that a Deny misses',
      when({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, { Effect: 'Deny' }),
      ['mfa-absent: "aws:MultiFactorAuthPresent"'],
    ],
  ])('%s', (_what, statement, wanted) => {
    expect(found(statement)).toEqual(wanted);
  });

  test.each([
    [
      'a service for one account',
      allowing(
        { Service: 's3.amazonaws.com' },
        { Condition: { StringEquals: { 'aws:SourceAccount': accountId } } },
      ),
    ],
    [
      'grants for AWS’s own resources',
      {
        ...use,
        Action: 'kms:CreateGrant',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ],
    [
      'an encryption context of the learner’s own',
      when({ StringEquals: { 'kms:EncryptionContext:dept': 'IT' } }),
    ],
    ['another account', allowing({ AWS: '444455556666' })],
    ['a Deny for anyone', { ...allowing('*'), Effect: 'Deny' }],
  ])('not: %s', (_what, statement) => {
    expect(found(statement)).toEqual([]);
  });

  test('an old version, and none', () => {
    expect(found(use, { Version: '2008-10-17' })).toEqual(['version: "2008-10-17"']);
    expect(found(use, { Version: undefined })).toEqual(['version: {']);
  });

  test('the same name twice in one object, of which the first is lost', () => {
    const text = textOf(root).replace('"Effect"', '"Action": "kms:Encrypt", "Effect"');
    const [finding] = lintPolicy(text, world);
    expect(finding).toMatchObject({ rule: 'repeated', from: text.lastIndexOf('"Action"') });
  });

  test('that nobody could change the policy, or that identity policies do nothing', () => {
    expect(rules(textOf(use))).toEqual(['warning lockout', 'advice no-root']);
    const admin = { ...use, Action: 'kms:Put*', Principal: { AWS: arnOf('user/Ada') } };
    expect(rules(textOf([admin, use]))).toEqual(['warning duplicate-sid', 'advice no-root'].reverse());
    const night = { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } };
    expect(rules(textOf({ ...root, Condition: night }))).toEqual(['advice lockout']);
  });
});
