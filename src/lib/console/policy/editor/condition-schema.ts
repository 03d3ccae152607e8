import { schemaText as text } from '$lib/strings/policy-schema.ts';
import {
  conditionKeyFacts,
  type ConditionKeyFact,
  type ConditionKeyType,
} from '../knowledge/condition-keys.ts';
import { operatorFacts } from '../knowledge/operators.ts';
import { services } from '../knowledge/services.ts';
import { known, oneOrMore, type Entry, type Schema, type SchemaWorld } from './schema-parts.ts';

/** A Condition element: its operators, and by reference the keys that each is for. */
export function conditionSchema(): Schema {
  const properties: Record<string, Schema> = {};
  for (const [operator, { about, fits }] of Object.entries(operatorFacts)) {
    const keys = { $ref: `#/definitions/${nameOf(fits)}` };
    properties[operator] = { ...keys, markdownDescription: about };
    if (!fits.includes('String') || operator === 'Null') continue;
    const sets = { 'ForAnyValue:': text.forAnyValue, 'ForAllValues:': text.forAllValues };
    for (const [set, means] of Object.entries(sets)) {
      properties[set + operator] = { ...keys, markdownDescription: `${about} ${means}` };
    }
  }
  const every = { $ref: `#/definitions/${nameOf(everyType)}` };
  return {
    type: 'object',
    markdownDescription: text.condition,
    properties,
    patternProperties: { IfExists$: { ...every, markdownDescription: text.ifExists } },
  };
}

/** The condition keys of each set of kinds that some operator is for; said once, since they are many. */
export function keyDefinitions(world: SchemaWorld): Record<string, Schema> {
  const sets = [everyType, ...Object.values(operatorFacts).map(({ fits }) => fits)];
  return Object.fromEntries(
    [...new Map(sets.map((fits) => [nameOf(fits), fits]))].map(([name, fits]) => [
      name,
      keysSchema(fits, world),
    ]),
  );
}

const nameOf = (fits: readonly ConditionKeyType[]) => `keys-${fits.join('-')}`;

const typeNames: Record<ConditionKeyType, string> = {
  String: 'text',
  ARN: 'ARN',
  Bool: 'true or false',
  Numeric: 'number',
  Date: 'time',
  IP: 'address',
};

const everyType = Object.keys(typeNames) as ConditionKeyType[];

function keysSchema(fits: readonly ConditionKeyType[], world: SchemaWorld): Schema {
  const fitting = Object.entries(conditionKeyFacts).filter(([, { type }]) => fits.includes(type));
  const schemas = fitting.map(([name, fact]): [string, Schema] => [name, keySchema(name, fact, world)]);
  const isOpen = (name: string) => /[:/]$/.test(name);
  return {
    type: 'object',
    properties: Object.fromEntries(schemas),
    // Names that end with one of the learner's own.
    patternProperties: Object.fromEntries(
      schemas.filter(([name]) => isOpen(name)).map(([name, schema]) => [`^${name}.`, schema]),
    ),
  };
}

function keySchema(name: string, fact: ConditionKeyFact, world: SchemaWorld): Schema {
  const { about, type, only, elsewhere } = fact;
  const notes = [
    about,
    text.kind(typeNames[type]),
    ...(only ? [text.only(only)] : []),
    ...(elsewhere ? [text.elsewhere] : []),
  ];
  const values = valuesOf(name, fact, world);
  const one: Schema =
    values.length > 0 ? known(values.map((value): Entry => [value, ''])) : { type: 'string' };
  return { ...oneOrMore(one), markdownDescription: notes.join('\n\n') };
}

/** Members that go by another name than the condition key that they yield. */
const memberNames: Record<string, string> = { KeyOrigin: 'Origin', DataKeyPairSpec: 'KeyPairSpec' };

/** What the key's values can be, as far as they are few. */
function valuesOf(name: string, { type }: ConditionKeyFact, { operations, accountId, region }: SchemaWorld) {
  if (type === 'Bool') return ['true', 'false'];
  if (name === 'kms:ViaService') return services.map((service) => `${service}.${region}.amazonaws.com`);
  if (/Account$/.test(name)) return [accountId];
  const member = name.replace('kms:', '');
  const declared = operations
    .flatMap(({ input }) => input)
    .find((one) => one.name === (memberNames[member] ?? member) && one.shape.type === 'string');
  return (declared?.shape.type === 'string' && declared.shape.values) || [];
}
