import { describe, expect, test } from 'vitest';
import type { StatementFinding } from '../../src/engine/iam/types.ts';
import type { ShownDecision } from '../../src/lib/glass/decision/decision.ts';
import { nameOfWeighed } from '../../src/lib/glass/decision/names.ts';
import { decidingIn, stagesOf, walkOf } from '../../src/lib/glass/decision/stages.ts';
import { managementOf } from '../../src/lib/glass/pictures/management/rooms.ts';
import { observedRequests } from './requests.ts';

const statement = (some: Partial<StatementFinding>): StatementFinding => ({
  ...{ policy: 'key policy', policyName: 'default', index: 0, effect: 'Allow', matched: true, clauses: [] },
  ...some,
});

const decision = (some: Partial<ShownDecision>): ShownDecision => ({
  ...{ allowed: true, rule: 'allowed-by-key-policy', statements: [], grants: [], smallestChanges: [] },
  ...{ explanation: '' },
  ...some,
});

describe('the stages of a decision', () => {
  test('begin with every Deny, wherever it stands, and keep each statement once', () => {
    const statements = [
      statement({ index: 0 }),
      statement({ index: 1, effect: 'Deny', matched: false }),
      statement({ policy: 'identity policy', policyName: 'p' }),
      statement({ policy: 'service control policy', level: 1 }),
      statement({ policy: 'service control policy', level: 0, effect: 'Deny' }),
      statement({ policy: 'service control policy', level: 0 }),
    ];
    const stages = stagesOf(
      decision({ allowed: false, rule: 'explicit-deny-in-service-control-policy', statements, decidedBy: 4 }),
    );
    expect(stages.map(({ name, level }) => [name, level])).toEqual([
      ['deny', undefined],
      ['service control policy', 0],
      ['service control policy', 1],
      ['key policy', undefined],
      ['identity policy', undefined],
    ]);
    expect(stages[0]).toMatchObject({ outcome: 'stops', decides: true });
    expect(stages.slice(1).every(({ outcome }) => outcome === 'overruled')).toBe(true);
    const walk = walkOf(stages);
    expect(walk).toHaveLength(statements.length);
    expect(walk[decidingIn(walk)]?.finding).toBe(statements[4]);
  });

  test('mark the kind of policy that nothing allows in', () => {
    const stages = stagesOf(
      decision({
        ...{ allowed: false, rule: 'no-permissions-boundary-allows' },
        statements: [statement({}), statement({ policy: 'permissions boundary', matched: false })],
      }),
    );
    expect(stages.map(({ name, outcome, decides }) => [name, outcome, decides])).toEqual([
      ['deny', 'silent', false],
      ['key policy', 'allows', false],
      ['permissions boundary', 'stops', true],
    ]);
    expect(decidingIn(walkOf(stages))).toBe(-1);
    const lacking = decision({
      allowed: false,
      rule: 'no-identity-policy-allows',
      statements: [statement({})],
    });
    expect(stagesOf(lacking).at(-1)).toMatchObject({
      name: 'identity policy',
      outcome: 'stops',
      decides: true,
    });
  });

  test('tell a key policy that leaves the choice to the account from one that names the caller', () => {
    const naming = (AWS: string[]) =>
      statement({
        clauses: [
          {
            ...{ clause: 'Principal', matched: true, wanted: { AWS }, why: '' },
            found: 'arn:aws:iam::111122223333:user/Ada',
          },
        ],
      });
    const outcomes = (AWS: string[]) =>
      stagesOf(decision({ statements: [naming(AWS)] })).map(({ name, outcome }) => [name, outcome]);
    expect(outcomes(['arn:aws:iam::111122223333:root'])).toEqual([
      ['deny', 'silent'],
      ['key policy', 'delegates'],
      ['identity policy', 'silent'],
    ]);
    expect(outcomes(['111122223333', 'arn:aws:iam::111122223333:user/Ada'])).toEqual([
      ['deny', 'silent'],
      ['key policy', 'allows'],
    ]);
  });

  test('end with the grants', () => {
    const grants = [
      { grantId: 'one', matched: false, parts: [] },
      { grantId: 'two', name: 'backup', matched: true, parts: [] },
    ];
    const stages = stagesOf(decision({ rule: 'allowed-by-grant', grants, decidedByGrant: 'two' }));
    const last = stages.at(-1);
    expect(last).toMatchObject({ name: 'grants', outcome: 'allows', decides: true });
    expect(last?.weighed.map(nameOfWeighed)).toEqual(['grant one…', 'grant “backup”']);
  });

  test('hold every statement of real decisions, and the one that decided', async () => {
    for (const { trace } of Object.values(await observedRequests())) {
      for (const { decision: real } of managementOf(trace).asked) {
        const walk = walkOf(stagesOf(real));
        expect(walk).toHaveLength(real.statements.length + real.grants.length);
        if (real.decidedBy !== undefined) {
          expect(walk[decidingIn(walk)]?.finding).toBe(real.statements[real.decidedBy]);
        }
      }
    }
  });
});
