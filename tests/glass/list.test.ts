import { describe, expect, test } from 'vitest';
import { decisionIn } from '../../src/lib/glass/decision/decision.ts';
import {
  filterRequests,
  isAuditor,
  linkHash,
  nameOf,
  operationsIn,
  parseLinkHash,
} from '../../src/lib/glass/requests/requests.ts';
import { observedRequests } from './requests.ts';

const everything = { operation: '', outcome: 'all', auditor: true } as const;

async function recent() {
  return Object.values(await observedRequests()).map(({ trace }) => trace);
}

describe('the list of requests', () => {
  test('is newest first', async () => {
    const traces = await recent();
    expect(filterRequests(traces, everything)).toEqual([...traces].reverse());
  });

  test('can be narrowed to an operation or an outcome', async () => {
    const traces = await recent();
    const names = (filter: Parameters<typeof filterRequests>[1]) =>
      filterRequests(traces, filter).map(({ operation, errorName }) => errorName ?? operation);
    expect(names({ ...everything, operation: 'Decrypt', outcome: 'ok' })).toEqual(['Decrypt']);
    expect(names({ ...everything, outcome: 'refused' })).toEqual([
      'InvalidSignatureException',
      'NotFoundException',
      'AccessDeniedException',
      'InvalidCiphertextException',
    ]);
    expect(operationsIn(traces)).toEqual([...operationsIn(traces)].sort());
    expect(operationsIn(traces)).toContain('CreateAlias');
  });

  test('leaves the Auditor out unless asked', async () => {
    const [first] = await recent();
    const auditors = { ...first!, principalArn: 'arn:aws:iam::111122223333:role/Auditor' };
    expect(filterRequests([first!, auditors], { ...everything, auditor: false })).toEqual([first]);
    expect(filterRequests([first!, auditors], everything)).toHaveLength(2);
  });

  test('knows the Auditor by role and by session, and nobody else', () => {
    expect(isAuditor('arn:aws:sts::111122223333:assumed-role/Auditor/checks')).toBe(true);
    expect(isAuditor('arn:aws:iam::111122223333:user/Auditor')).toBe(false);
    expect(isAuditor('arn:aws:iam::111122223333:role/NotAuditor')).toBe(false);
    expect(isAuditor(undefined)).toBe(false);
  });

  test('calls people by their names', () => {
    expect(nameOf('arn:aws:iam::111122223333:user/Ada')).toBe('Ada');
    expect(nameOf('arn:aws:iam::111122223333:root')).toBe('root');
  });
});

describe('a link to a request', () => {
  test('is read as it was written', () => {
    for (const link of [
      { requestId: 'b3c0d1f2-0000-4000-8000-000000000000', step: 0 },
      { requestId: 'a&b=c', step: 7 },
    ]) {
      expect(parseLinkHash(linkHash(link))).toEqual(link);
    }
  });

  test('takes a strange step for the first, and a strange hash for no link', () => {
    expect(parseLinkHash('#request=x&step=-4')).toEqual({ requestId: 'x', step: 0 });
    expect(parseLinkHash('#request=x&step=many')).toEqual({ requestId: 'x', step: 0 });
    expect(parseLinkHash('#main')).toBeUndefined();
    expect(parseLinkHash('')).toBeUndefined();
  });
});

describe('a decision in a trace', () => {
  test('is found among a step’s values, with its statements', async () => {
    const { encrypt } = await observedRequests();
    const values = encrypt.trace.steps.flatMap(({ fields }) => fields.map(({ value }) => value));
    const decisions = values.map(decisionIn).filter((decision) => decision !== undefined);
    expect(decisions).toHaveLength(1);
    expect(decisions[0]?.allowed).toBe(true);
    expect(decisions[0]?.statements.length).toBeGreaterThan(1);
  });

  test('is not seen where there is none', () => {
    for (const value of ['x', 1, true, null, [], {}, { allowed: true }, new Uint8Array(2)]) {
      expect(decisionIn(value)).toBeUndefined();
    }
  });
});
