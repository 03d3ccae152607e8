import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conditionOperators } from '../../src/engine/iam/evaluation/condition-operators.ts';
import { operations as declared } from '../../src/engine/kms/operations/index.ts';
import { actionFacts } from '../../src/lib/console/policy/knowledge/actions.ts';
import {
  conditionKeyFact,
  conditionKeyFacts,
} from '../../src/lib/console/policy/knowledge/condition-keys.ts';
import { nearest } from '../../src/lib/console/policy/knowledge/near.ts';
import { operatorFacts } from '../../src/lib/console/policy/knowledge/operators.ts';
import { operations } from '../../src/lib/operations/operations.ts';

const engine = join(import.meta.dirname, '../../src/engine');
const sources = readdirSync(engine, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(engine, path), 'utf8'))
  .join('\n')
  // Examples stand in comments.
  .replaceAll(/\/\*[^]*?\*\/|\/\/ .*/g, '');

const actions = actionFacts(operations);

test('the actions are those that the operations ask about, and no key policy is asked about the inert ones', () => {
  const onKeys = new Set<string>();
  const onAccounts = new Set<string>();
  for (const { declaration } of declared) {
    for (const { action } of Object.values(declaration.keys ?? {})) if (action) onKeys.add(action);
    for (const action of [declaration.accountAction, declaration.aliasAction])
      if (action) onAccounts.add(action);
  }
  const decidedByGrants = ['kms:RetireGrant', 'kms:ListRetirableGrants'];
  expect(new Set([...onKeys, ...onAccounts, ...decidedByGrants])).toEqual(
    new Set(actions.map(({ name }) => name)),
  );
  for (const { name, inert, about } of actions) {
    expect(inert, name).toBe(!onKeys.has(name));
    expect(about.length, name).toBeGreaterThan(10);
  }
});

test('the condition keys are those that the engine speaks of, but for those that say they are elsewhere', () => {
  const asked = new Set(actions.map(({ name }) => name.toLowerCase()));
  const literals = [...sources.matchAll(/['`](kms|aws):([A-Za-z]+(?:[:/]|:[A-Za-z0-9]+)?)(?=['`$])/g)].map(
    ([, prefix, rest]) => `${prefix}:${rest}`.toLowerCase(),
  );
  const spoken = new Set(literals.filter((name) => !asked.has(name)));
  const known = Object.entries(conditionKeyFacts)
    .filter(([, { elsewhere }]) => !elsewhere)
    .map(([name]) => name.toLowerCase());
  expect([...spoken].sort()).toEqual(known.sort());
});

test('the operators are the engine’s, and Null', () => {
  expect(Object.keys(operatorFacts).sort()).toEqual([...conditionOperators.keys(), 'Null'].sort());
});

test('where a condition key goes with some actions only, there are such actions', () => {
  for (const [name, { only = [] }] of Object.entries(conditionKeyFacts)) {
    for (const pattern of only) {
      const fits = new RegExp(`^kms:${pattern.replace('*', '.*')}$`);
      expect(
        actions.some((action) => fits.test(action.name)),
        `${name}: ${pattern}`,
      ).toBe(true);
    }
  }
});

test('condition keys are found whatever their case, and with a name of one’s own at their end', () => {
  expect(conditionKeyFact('KMS:viaservice')?.name).toBe('kms:ViaService');
  expect(conditionKeyFact('kms:EncryptionContext:dept')?.name).toBe('kms:EncryptionContext:');
  expect(conditionKeyFact('kms:EncryptionContextKeys')?.name).toBe('kms:EncryptionContextKeys');
  expect(conditionKeyFact('kms:RecipientAttestation:PCR8')?.name).toBe('kms:RecipientAttestation:PCR');
  for (const none of ['kms:EncryptionContext:', 'kms:RecipientAttestation:PCRx', 'aws:PrincipalTag/', 'x']) {
    expect(conditionKeyFact(none), none).toBeUndefined();
  }
});

test('what may have been meant is near, or is not said', () => {
  const names = actions.map(({ name }) => name);
  expect(nearest('kms:decrypted', names)).toBe('kms:Decrypt');
  expect(nearest('kms:GenrateDataKey', names)).toBe('kms:GenerateDataKey');
  expect(nearest('kms:Frobnicate', names)).toBeUndefined();
});
