import { expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
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
