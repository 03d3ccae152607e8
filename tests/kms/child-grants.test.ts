import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Grant } from '../../src/engine/iam/types.ts';
import { isWithin } from '../../src/engine/kms/grants/child-grants.ts';

/** What a grant lets through, told as plainly as the KMS Developer Guide does ("Grant constraints"). */
function lets({ operations, constraints = {} }: Terms, request: Request): boolean {
  const { encryptionContextEquals: equals, encryptionContextSubset: subset, sourceArn } = constraints;
  const text = (context: object) => JSON.stringify(Object.entries(context).sort());
  if (!operations.includes(request.operation)) return false;
  if (sourceArn !== undefined && request.sourceArn !== sourceArn) return false;
  if (equals && text(equals) !== text(request.context)) return false;
  return !subset || text({ ...request.context, ...subset }) === text(request.context);
}

type Terms = Pick<Grant, 'operations' | 'constraints'>;
interface Request {
  operation: string;
  context: Record<string, string>;
  sourceArn?: string | undefined;
}

const operation = fc.constantFrom('Encrypt', 'Decrypt', 'CreateGrant');
const context = fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom('1', '2'), {
  noNullPrototype: true,
});
const sourceArn = fc.constantFrom('arn:aws:s3:::invoices', 'arn:aws:s3:::receipts');
const constraints = fc.record(
  { encryptionContextEquals: context, encryptionContextSubset: context, sourceArn },
  { requiredKeys: [] },
);
const terms: fc.Arbitrary<Terms> = fc.record({
  operations: fc.uniqueArray(operation, { minLength: 1 }),
  constraints,
});
const request: fc.Arbitrary<Request> = fc.record(
  { operation, context, sourceArn },
  { requiredKeys: ['operation', 'context'] },
);

test('a grant within another lets nothing through that the other would not', () => {
  let within = 0;
  fc.assert(
    fc.property(
      terms,
      terms,
      fc.array(request, { minLength: 8, maxLength: 8 }),
      (child, parent, requests) => {
        if (!isWithin(child, parent)) return;
        within++;
        for (const one of requests) if (lets(child, one)) expect(lets(parent, one)).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
  expect(within).toBeGreaterThan(0);
});

test('a grant is within itself, and within one that binds less', () => {
  fc.assert(
    fc.property(terms, (grant) => {
      const { constraints: bounds = {} } = grant;
      // Two constraints may contradict each other, and such a grant lets nothing through.
      fc.pre(!bounds.encryptionContextEquals || !bounds.encryptionContextSubset);
      expect(isWithin(grant, grant)).toBe(true);
      const loose: Terms = {
        operations: grant.operations,
        constraints: bounds.encryptionContextEquals
          ? { encryptionContextSubset: bounds.encryptionContextEquals }
          : {},
      };
      expect(isWithin(grant, loose)).toBe(true);
    }),
  );
});
