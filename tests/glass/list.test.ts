import { describe, expect, test } from 'vitest';
import { decisionIn } from '../../src/lib/glass/decision/decision.ts';
import { isAuditor, nameOf, pageLength, requestQuery } from '../../src/lib/glass/requests/requests.ts';
import { observedRequests } from './requests.ts';

describe('the list of requests', () => {
  const everything = { operation: '', outcome: 'all', keyArn: '', auditor: true } as const;

  test('asks for a page, and for nothing else unless something is filtered', () => {
    expect(requestQuery(everything, 0, ['arn:auditor'])).toEqual({ from: 0, limit: pageLength });
    expect(requestQuery(everything, 3, [])).toEqual({ from: 3 * pageLength, limit: pageLength });
  });

  test('asks for what the filter lets through', () => {
    const filter = { operation: 'Decrypt', outcome: 'refused', keyArn: 'arn:key', auditor: false } as const;
    expect(requestQuery(filter, 0, ['arn:auditor'])).toEqual({
      from: 0,
      limit: pageLength,
      operation: 'Decrypt',
      outcome: 'refused',
      keyArn: 'arn:key',
      without: ['arn:auditor'],
    });
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
