import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
import { withChanges } from './apply-changes.ts';
import { requests } from './arbitrary-requests.ts';
import { naivelyAllowed } from './naive-evaluator.ts';

test('every decision is the one that a naive reading of the rules gives', { timeout: 120_000 }, () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(requests, (request) => {
      const decision = authorize(request);
      seen.add(decision.rule);
      expect(decision.allowed).toBe(naivelyAllowed(request));
    }),
    { numRuns: 3_000 },
  );
  // The requests were varied enough to reach every rule.
  expect([...seen].sort()).toEqual([
    'allowed-by-both-accounts',
    'allowed-by-grant',
    'allowed-by-identity-policy',
    'allowed-by-identity-policy-through-root-delegation',
    'allowed-by-key-policy',
    'explicit-deny-in-identity-policy',
    'explicit-deny-in-key-policy',
    'explicit-deny-in-permissions-boundary',
    'explicit-deny-in-resource-control-policy',
    'explicit-deny-in-service-control-policy',
    'explicit-deny-in-session-policy',
    'no-identity-policy-allows',
    'no-key-policy-allows',
    'no-permissions-boundary-allows',
    'no-service-control-policy-allows',
    'no-session-policy-allows',
  ]);
});

test('the findings tell the same story as the decision', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(requests, (request) => {
      const { allowed, statements, grants, decidedBy, decidedByGrant } = authorize(request);
      for (const { clauses, matched } of statements)
        expect(clauses.every((one) => one.matched)).toBe(matched);
      for (const { parts, matched } of grants) expect(parts.every((one) => one.matched)).toBe(matched);
      const denied = statements.some(({ effect, matched }) => matched && effect === 'Deny');
      if (denied) expect(allowed).toBe(false);
      if (decidedBy !== undefined) {
        expect(statements[decidedBy]).toMatchObject({ matched: true, effect: allowed ? 'Allow' : 'Deny' });
      }
      if (decidedByGrant !== undefined) {
        expect(grants.find(({ grantId }) => grantId === decidedByGrant)).toMatchObject({ matched: true });
      }
    }),
    { numRuns: 1000 },
  );
});

test('the smallest changes are enough, and none of them is idle', { timeout: 120_000 }, () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(requests, (request) => {
      const { allowed, smallestChanges: changes } = authorize(request);
      if (allowed) {
        expect(changes).toEqual([]);
        return;
      }
      if (changes.length === 0) {
        // Nobody changes the policies of AWS managed keys, and services have none.
        const isService = request.caller.principal.type === 'Service' && !request.resourcePolicy;
        expect(request.isAwsManagedKey === true || isService).toBe(true);
        return;
      }
      for (const { policy, add, sentence } of changes) {
        kinds.add(`${add ? 'add to' : 'remove from'} ${policy}`);
        expect(sentence).toMatch(/^(Add|Attach|Give|Remove) .+\.$/);
      }
      const after = withChanges(request, changes);
      expect(authorize(after).allowed).toBe(true);
      expect(naivelyAllowed(after)).toBe(true);
      for (const left of changes) {
        const others = changes.filter((change) => change !== left);
        expect(authorize(withChanges(request, others)).allowed).toBe(false);
      }
    }),
    { numRuns: 1500 },
  );
  expect([...kinds].sort()).toEqual([
    'add to identity policy',
    'add to key policy',
    'add to permissions boundary',
    'add to service control policy',
    'add to session policy',
    'remove from identity policy',
    'remove from key policy',
    'remove from permissions boundary',
    'remove from resource control policy',
    'remove from service control policy',
    'remove from session policy',
  ]);
});
