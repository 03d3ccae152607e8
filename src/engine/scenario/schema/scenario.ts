import * as v from 'valibot';
import type { ResourceQuotas } from '../../kms/quotas/resource-quotas.ts';
import { key } from './key.ts';
import { principal, rootAccessKey } from './principal.ts';
import { accountId, maybe, must, namedPolicy, resourceControlPolicy, text } from './words.ts';

const account = v.strictObject({
  accountId: must(accountId, 'Twelve digits.'),
  name: maybe(text, 'The account’s name.'),
  organization: maybe(
    v.strictObject({
      id: must(
        v.pipe(v.string(), v.regex(/^o-[a-z0-9]{10,32}$/, 'An organization’s id looks like o-exampleorgid.')),
        'For aws:PrincipalOrgID.',
      ),
      path: maybe(text, 'o-exampleorgid/r-ab12/ou-ab12-11111111/, for aws:PrincipalOrgPaths.'),
      managementAccountId: maybe(accountId, 'SCPs do not restrict this account.'),
    }),
    'The organization that the account belongs to.',
  ),
  serviceControlPolicies: maybe(
    v.array(v.array(namedPolicy)),
    'SCPs, a list for each level of the organization: root, OU, account. Each level must allow.',
  ),
  resourceControlPolicies: maybe(v.array(v.array(resourceControlPolicy)), 'RCPs, likewise.'),
  rootAccessKey: maybe(rootAccessKey, 'The root user’s access key; drawn unless told.'),
  principals: must(v.array(principal), 'Who may act. The root user is there without being listed.'),
  keys: maybe(v.array(key), 'KMS keys that are there already, in the order of their making.'),
});

const clock = v.strictObject({
  start: maybe(
    v.pipe(v.string(), v.isoTimestamp('A time looks like 2026-10-01T08:00:00Z.')),
    'The cloud’s time when it is founded; the machine’s unless told.',
  ),
  pace: maybe(
    v.union(
      [
        v.picklist(['real', 'still']),
        v.strictObject({
          secondsPerRequest: must(v.pipe(v.number(), v.minValue(0)), 'How far each request moves the clock.'),
        }),
      ],
      'A pace is "real", "still" or {"secondsPerRequest": n}.',
    ),
    '`real` (unless told): as the machine’s clock. `still`: only when it is moved. Or a step for each request.',
  ),
});

const perSecond = v.pipe(v.number(), v.minValue(0));
const quantity = v.pipe(v.number(), v.integer(), v.minValue(0));
const resourceQuotas = v.strictObject({
  keys: maybe(quantity, 'Customer managed keys in each account and Region.'),
  aliasesPerKey: maybe(quantity, 'Aliases of one key.'),
  grantsPerKey: maybe(quantity, 'Grants on one key.'),
  customKeyStores: maybe(quantity, 'Custom key stores in each account and Region.'),
  tagsPerKey: maybe(quantity, 'Tags of one key.'),
  onDemandRotationsPerKey: maybe(quantity, 'RotateKeyOnDemand calls in the life of one key.'),
} satisfies Record<keyof ResourceQuotas, unknown>);

const quotas = v.strictObject({
  requests: maybe(
    v.union(
      [v.boolean(), v.record(text, perSecond)],
      'Give true, false, or requests per second by operation.',
    ),
    '`true`: AWS’s request quotas hold. An object: these do, per second, by operation or shared quota. None unless told.',
  ),
  resources: maybe(resourceQuotas, 'In place of AWS’s own resource quotas.'),
});

/** The form of a scenario: what a cloud is like when it is founded. */
export const scenarioSchema = v.strictObject({
  $schema: maybe(v.string(), 'Where editors find this form as a JSON Schema.'),
  version: must(v.literal(1), 'The version of this form.'),
  description: maybe(v.string(), 'What the scenario is for.'),
  seed: maybe(
    text,
    'Ids, credentials, nonces and keys all follow from it, so that they are the same each time. Nothing is secret then.',
  ),
  clock: maybe(clock, 'The cloud’s clock.'),
  accounts: must(
    v.pipe(v.array(account), v.minLength(1, 'A cloud has at least one account.')),
    'AWS accounts, with their principals and keys.',
  ),
  quotas: maybe(quotas, 'What is limited.'),
});

export type Scenario = v.InferOutput<typeof scenarioSchema>;
export type ScenarioAccount = v.InferOutput<typeof account>;
export type ScenarioPrincipal = v.InferOutput<typeof principal>;
export type ScenarioKey = v.InferOutput<typeof key>;
