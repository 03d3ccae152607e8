import { expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
import { conditionOperators } from '../../src/engine/iam/evaluation/condition-operators.ts';
import type { JsonValue } from '../../src/engine/trace/trace.ts';
import { ask, caller, document, principal } from './support.ts';

type Values = Record<string, string[]>;
/** Operator, condition key, value in the policy, keys of the request, whether it holds. */
type Row = [operator: string, key: string, wanted: JsonValue, request: Values, holds: boolean];

const dept = 'kms:EncryptionContext:dept';
const keys = 'kms:EncryptionContextKeys';

const rows: Row[] = [
  ['StringEquals', dept, 'IT', { [dept]: ['IT'] }, true],
  ['StringEquals', dept, 'IT', { [dept]: ['it'] }, false],
  ['StringEquals', dept, ['HR', 'IT'], { [dept]: ['IT'] }, true],
  ['StringEquals', dept, 'I*', { [dept]: ['IT'] }, false],
  ['StringEquals', dept, 'IT', {}, false],
  ['StringEquals', 'KMS:encryptioncontext:DEPT', 'IT', { [dept]: ['IT'] }, true],
  ['StringEqualsIgnoreCase', dept, 'it', { [dept]: ['IT'] }, true],
  ['StringNotEquals', dept, ['HR', 'IT'], { [dept]: ['IT'] }, false],
  ['StringNotEquals', dept, 'HR', { [dept]: ['IT'] }, true],
  ['StringNotEquals', dept, 'HR', {}, true],
  ['StringNotEqualsIgnoreCase', dept, 'it', { [dept]: ['IT'] }, false],
  ['StringLike', dept, 'I?', { [dept]: ['IT'] }, true],
  ['StringLike', dept, 'I?', { [dept]: ['ITT'] }, false],
  ['StringLike', dept, '*a*b*', { [dept]: ['xxaxxbxx'] }, true],
  ['StringNotLike', dept, 'I*', { [dept]: ['IT'] }, false],
  ['StringEqualsIfExists', dept, 'IT', {}, true],
  ['StringEqualsIfExists', dept, 'IT', { [dept]: ['HR'] }, false],
  ['Null', dept, 'true', {}, true],
  ['Null', dept, true, { [dept]: ['IT'] }, false],
  ['Null', dept, 'false', { [dept]: ['IT'] }, true],
  ['Null', dept, false, {}, false],
  ['ForAllValues:StringEquals', keys, ['a', 'b'], { [keys]: ['a'] }, true],
  ['ForAllValues:StringEquals', keys, ['a', 'b'], { [keys]: ['a', 'c'] }, false],
  ['ForAllValues:StringEquals', keys, ['a', 'b'], {}, true],
  ['ForAnyValue:StringEquals', keys, ['a', 'b'], { [keys]: ['c', 'b'] }, true],
  ['ForAnyValue:StringEquals', keys, ['a', 'b'], { [keys]: ['c'] }, false],
  ['ForAnyValue:StringEquals', keys, ['a', 'b'], {}, false],
  ['ForAnyValue:StringNotEquals', keys, ['a'], { [keys]: ['a', 'b'] }, true],
  ['ForAllValues:StringNotEquals', keys, ['a'], { [keys]: ['a', 'b'] }, false],
  ['ForAnyValue:StringLikeIfExists', keys, ['a*'], {}, true],
  ['Bool', 'kms:MultiRegion', 'false', { 'kms:MultiRegion': ['false'] }, true],
  ['Bool', 'kms:MultiRegion', true, { 'kms:MultiRegion': ['false'] }, false],
  ['Bool', 'kms:MultiRegion', 'perhaps', { 'kms:MultiRegion': ['false'] }, false],
  ['NumericLessThanEquals', 'kms:RotationPeriodInDays', 365, { 'kms:RotationPeriodInDays': ['365'] }, true],
  ['NumericLessThan', 'kms:RotationPeriodInDays', '365', { 'kms:RotationPeriodInDays': ['365'] }, false],
  ['NumericGreaterThan', 'kms:RotationPeriodInDays', '90', { 'kms:RotationPeriodInDays': ['365'] }, true],
  [
    'NumericGreaterThanEquals',
    'kms:RotationPeriodInDays',
    '366',
    { 'kms:RotationPeriodInDays': ['365'] },
    false,
  ],
  ['NumericEquals', 'kms:RotationPeriodInDays', '365.0', { 'kms:RotationPeriodInDays': ['365'] }, true],
  ['NumericNotEquals', 'kms:RotationPeriodInDays', '365', { 'kms:RotationPeriodInDays': ['365'] }, false],
  ['NumericEquals', 'kms:RotationPeriodInDays', 'a year', { 'kms:RotationPeriodInDays': ['365'] }, false],
  ['NumericEquals', 'kms:RotationPeriodInDays', '', { 'kms:RotationPeriodInDays': ['0'] }, false],
  ['DateLessThan', 'kms:ValidTo', '2026-10-02T00:00:00Z', { 'kms:ValidTo': ['1790812800'] }, true],
  ['DateGreaterThan', 'kms:ValidTo', '2026-10-02', { 'kms:ValidTo': ['1790812800'] }, false],
  [
    'DateEquals',
    'kms:ValidTo',
    '2026-10-01T02:00:00+02:00',
    { 'kms:ValidTo': ['2026-10-01T00:00:00Z'] },
    true,
  ],
  ['DateNotEquals', 'kms:ValidTo', '2026-10-01T00:00:00Z', { 'kms:ValidTo': ['1790812800'] }, false],
  ['DateLessThan', 'kms:ValidTo', 'tomorrow', { 'kms:ValidTo': ['1790812800'] }, false],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', { 'aws:SourceIp': ['203.0.113.77'] }, true],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', { 'aws:SourceIp': ['203.0.114.77'] }, false],
  ['IpAddress', 'aws:SourceIp', '0.0.0.0/0', { 'aws:SourceIp': ['203.0.113.77'] }, true],
  ['IpAddress', 'aws:SourceIp', '203.0.113.77', { 'aws:SourceIp': ['203.0.113.77'] }, true],
  ['IpAddress', 'aws:SourceIp', '2001:db8::/32', { 'aws:SourceIp': ['2001:db8:1::5'] }, true],
  ['IpAddress', 'aws:SourceIp', '2001:db8::/32', { 'aws:SourceIp': ['2001:db9::5'] }, false],
  ['IpAddress', 'aws:SourceIp', '0.0.0.0/0', { 'aws:SourceIp': ['2001:db8::1'] }, false],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/33', { 'aws:SourceIp': ['203.0.113.77'] }, false],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', { 'aws:SourceIp': ['203.0.113.77'] }, false],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', { 'aws:SourceIp': ['203.0.112.77'] }, true],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:b*/x', { 'aws:SourceArn': ['arn:aws:s3:::bucket/x'] }, true],
  ['ArnEquals', 'aws:SourceArn', 'arn:aws:*:bucket', { 'aws:SourceArn': ['arn:aws:s3:::bucket'] }, false],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:sqs:*:*:*', { 'aws:SourceArn': ['arn:aws:s3:::a:b'] }, false],
  ['ArnNotLike', 'aws:SourceArn', 'arn:aws:s3:::*', { 'aws:SourceArn': ['arn:aws:s3:::bucket'] }, false],
  ['BinaryEquals', dept, 'QUJD', { [dept]: ['QUJD'] }, true],
  ['StringEquals', 'aws:username', 'Ada', {}, true],
  ['StringEquals', 'aws:PrincipalAccount', '111122223333', {}, true],
  ['ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:user/A*', {}, true],
  ['StringEquals', dept, '${aws:username}', { [dept]: ['Ada'] }, true],
  ['StringLike', dept, '${aws:username}-*', { [dept]: ['Ada-1'] }, true],
  ['StringEquals', dept, "${no:such, 'none'}", { [dept]: ['none'] }, true],
  ['StringEquals', dept, '${no:such}', { [dept]: ['${no:such}'] }, false],
  ['StringLike', dept, 'a${*}b', { [dept]: ['a*b'] }, true],
  ['StringLike', dept, 'a${*}b', { [dept]: ['axb'] }, false],
  ['stringequals', dept, 'IT', { [dept]: ['IT'] }, false],
  ['ForEveryValue:StringEquals', dept, 'IT', { [dept]: ['IT'] }, false],
  ['toString', dept, 'IT', { [dept]: ['IT'] }, false],
];

test.each(rows)('%s %s %j with %j: %j', (operator, key, wanted, conditionKeys, holds) => {
  const policy = document({
    Effect: 'Allow',
    Principal: '*',
    Action: '*',
    Resource: '*',
    Condition: { [operator]: { [key]: wanted } },
  });
  const decision = authorize(ask({ resourcePolicy: policy, conditionKeys }));
  expect(decision.allowed).toBe(holds);
  expect(decision.statements[0]!.clauses.find(({ clause }) => clause === 'Condition')).toMatchObject({
    matched: holds,
  });
});

test('all lines of a condition must hold', () => {
  const policy = document({
    Effect: 'Allow',
    Principal: '*',
    Action: '*',
    Resource: '*',
    Condition: {
      StringEquals: { [dept]: 'IT', 'kms:KeySpec': 'RSA_2048' },
      Bool: { 'kms:MultiRegion': 'false' },
    },
  });
  const all = { [dept]: ['IT'], 'kms:KeySpec': ['RSA_2048'], 'kms:MultiRegion': ['false'] };
  expect(authorize(ask({ resourcePolicy: policy, conditionKeys: all })).allowed).toBe(true);
  for (const missing of Object.keys(all)) {
    const conditionKeys = Object.fromEntries(Object.entries(all).filter(([name]) => name !== missing));
    expect(authorize(ask({ resourcePolicy: policy, conditionKeys })).allowed).toBe(false);
  }
});

test('the circumstances of the request are condition keys', () => {
  const policy = document({
    Effect: 'Allow',
    Principal: '*',
    Action: '*',
    Resource: '*',
    Condition: {
      IpAddress: { 'aws:SourceIp': '127.0.0.0/8' },
      DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
      NumericGreaterThan: { 'aws:EpochTime': '1700000000' },
      StringEquals: { 'aws:RequestedRegion': 'us-east-1', 'aws:PrincipalType': 'AssumedRole' },
      StringLike: { 'aws:UserAgent': 'aws-cli/*', 'aws:userid': '*:session' },
    },
  });
  const who = caller(principal('Role', 'App'));
  const circumstances = {
    time: 1790812800000,
    region: 'us-east-1',
    sourceIp: '127.0.0.1',
    userAgent: 'aws-cli/2',
  };
  expect(authorize(ask({ caller: who, resourcePolicy: policy, circumstances })).allowed).toBe(true);
  expect(authorize(ask({ caller: who, resourcePolicy: policy })).allowed).toBe(false);
});

test('an older policy document has no variables', () => {
  const policy = {
    ...document({
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { [dept]: '${aws:username}' } },
    }),
    Version: '2008-10-17',
  };
  expect(authorize(ask({ resourcePolicy: policy, conditionKeys: { [dept]: ['Ada'] } })).allowed).toBe(false);
  expect(
    authorize(ask({ resourcePolicy: policy, conditionKeys: { [dept]: ['${aws:username}'] } })).allowed,
  ).toBe(true);
});

/** Every operator: what the policy says, a value that meets it, and one that does not. */
const operators: [name: string, wanted: JsonValue, meets: string, fails: string][] = [
  ['StringEquals', 'IT', 'IT', 'it'],
  ['StringNotEquals', 'IT', 'it', 'IT'],
  ['StringEqualsIgnoreCase', 'IT', 'it', 'HR'],
  ['StringNotEqualsIgnoreCase', 'IT', 'HR', 'it'],
  ['StringLike', 'I*', 'IT', 'it'],
  ['StringNotLike', 'I*', 'it', 'IT'],
  ['NumericEquals', 10, '10', '11'],
  ['NumericNotEquals', 10, '11', '10'],
  ['NumericLessThan', 10, '9.5', '10'],
  ['NumericLessThanEquals', 10, '10', '10.5'],
  ['NumericGreaterThan', 10, '10.5', '10'],
  ['NumericGreaterThanEquals', 10, '10', '9'],
  ['DateEquals', '2026-10-01T00:00:00Z', '2026-10-01', '2026-10-02'],
  ['DateNotEquals', '2026-10-01T00:00:00Z', '2026-10-02', '2026-10-01'],
  ['DateLessThan', '2026-10-01T00:00:00Z', '2026-09-30', '2026-10-01'],
  ['DateLessThanEquals', '2026-10-01T00:00:00Z', '2026-10-01', '2026-10-02'],
  ['DateGreaterThan', '2026-10-01T00:00:00Z', '2026-10-02', '2026-10-01'],
  ['DateGreaterThanEquals', '2026-10-01T00:00:00Z', '2026-10-01', '2026-09-30'],
  ['Bool', 'true', 'true', 'false'],
  ['BinaryEquals', 'QUJD', 'QUJD', 'QUJE'],
  ['IpAddress', '203.0.113.0/24', '203.0.113.7', '198.51.100.7'],
  ['NotIpAddress', '203.0.113.0/24', '198.51.100.7', '203.0.113.7'],
  ['ArnEquals', 'arn:aws:s3:::b*', 'arn:aws:s3:::bucket', 'arn:aws:s3:::a'],
  ['ArnNotEquals', 'arn:aws:s3:::b*', 'arn:aws:s3:::a', 'arn:aws:s3:::bucket'],
  ['ArnLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::bucket', 'arn:aws:s3:::a'],
  ['ArnNotLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::a', 'arn:aws:s3:::bucket'],
];

test('these are all operators but Null', () => {
  expect(operators.map(([name]) => name).sort()).toEqual([...conditionOperators.keys()].sort());
});

test.each(operators)('%s in each of its forms', (name, wanted, meets, fails) => {
  const holds = (operator: string, ...found: string[]) =>
    authorize(
      ask({
        resourcePolicy: document({
          Effect: 'Allow',
          Principal: '*',
          Action: '*',
          Resource: '*',
          Condition: { [operator]: { some: wanted } },
        }),
        conditionKeys: found.length > 0 ? { some: found } : {},
      }),
    ).allowed;
  const isNegated = name.includes('Not');

  expect(holds(name, meets)).toBe(true);
  expect(holds(name, fails)).toBe(false);
  expect(holds(name)).toBe(isNegated);
  expect(holds(`${name}IfExists`, meets)).toBe(true);
  expect(holds(`${name}IfExists`, fails)).toBe(false);
  expect(holds(`${name}IfExists`)).toBe(true);
  expect(holds(`ForAnyValue:${name}`, fails, meets)).toBe(true);
  expect(holds(`ForAnyValue:${name}`, fails)).toBe(false);
  expect(holds(`ForAnyValue:${name}`)).toBe(false);
  expect(holds(`ForAllValues:${name}`, meets, meets)).toBe(true);
  expect(holds(`ForAllValues:${name}`, meets, fails)).toBe(false);
  expect(holds(`ForAllValues:${name}`)).toBe(true);
  expect(holds(`ForAnyValue:${name}IfExists`)).toBe(true);
  expect(holds(`ForAllValues:${name}IfExists`, fails)).toBe(false);
});

test('a key without values is a key that is not there', () => {
  const holds = (condition: Record<string, Record<string, string>>) =>
    authorize(
      ask({
        resourcePolicy: document({
          Effect: 'Allow',
          Principal: '*',
          Action: '*',
          Resource: '*',
          Condition: condition,
        }),
        conditionKeys: { 'kms:ResourceAliases': [] },
      }),
    ).allowed;
  expect(holds({ Null: { 'kms:ResourceAliases': 'true' } })).toBe(true);
  expect(holds({ 'ForAnyValue:StringEqualsIfExists': { 'kms:ResourceAliases': 'alias/a' } })).toBe(true);
  expect(holds({ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/a' } })).toBe(false);
});
