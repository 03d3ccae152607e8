import type { OperationModel } from '$lib/operations/model.ts';
import { schemaText as text } from '$lib/strings/policy-schema.ts';
import { actionFacts } from '../knowledge/actions.ts';
import {
  conditionKeyFacts,
  type ConditionKeyFact,
  type ConditionKeyType,
} from '../knowledge/condition-keys.ts';
import { operatorFacts } from '../knowledge/operators.ts';
import type { PolicyWorld } from '../lint/finding.ts';

/** As much of JSON Schema as editors complete and explain by. */
export interface Schema {
  type?: string;
  markdownDescription?: string;
  enum?: readonly string[];
  markdownEnumDescriptions?: readonly string[];
  anyOf?: readonly Schema[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  items?: Schema;
  required?: readonly string[];
  defaultSnippets?: readonly { label: string; description?: string; body: unknown }[];
}

export interface SchemaWorld extends Pick<PolicyWorld, 'principals' | 'accountId'> {
  operations: readonly Pick<OperationModel, 'name' | 'summary' | 'input'>[];
  region: string;
}

/** What a key policy may hold, with the cloud's own names, and what each thing means. It completes and explains; it does not judge. */
export function policySchema(world: SchemaWorld): Schema {
  const statement = statementSchema(world);
  return {
    type: 'object',
    markdownDescription: text.policy,
    required: ['Version', 'Statement'],
    properties: {
      Version: known(
        [
          ['2012-10-17', text.version],
          ['2008-10-17', text.oldVersion],
        ],
        text.versionIs,
      ),
      Id: { type: 'string', markdownDescription: text.id },
      Statement: {
        markdownDescription: text.statements,
        anyOf: [{ type: 'array', items: statement }, statement],
      },
    },
  };
}

function statementSchema(world: SchemaWorld): Schema {
  const actions = actionFacts(world.operations);
  const names = actions.map(({ name, about, inert }): Entry => [
    name,
    inert ? `${about} ${text.inert}` : about,
  ]);
  const written = oneOrMore(known([['kms:*', text.everyAction], ...patterns, ...names], text.actionIs));
  const who = principalSchema(world);
  return {
    type: 'object',
    required: ['Effect', 'Principal', 'Action', 'Resource'],
    defaultSnippets: [
      {
        label: text.newStatement,
        body: {
          Sid: '${1:Name}',
          Effect: 'Allow',
          Principal: { AWS: '$2' },
          Action: ['kms:$3'],
          Resource: '*',
        },
      },
    ],
    properties: {
      Sid: { type: 'string', markdownDescription: text.sid },
      Effect: known(
        [
          ['Allow', text.allow],
          ['Deny', text.deny],
        ],
        text.effect,
      ),
      Principal: { ...who, markdownDescription: text.principal },
      NotPrincipal: { ...who, markdownDescription: text.notPrincipal },
      Action: { ...written, markdownDescription: text.action },
      NotAction: { ...written, markdownDescription: text.notAction },
      Resource: { ...oneOrMore(known([['*', text.thisKey]])), markdownDescription: text.resource },
      NotResource: { type: 'string', markdownDescription: text.notResource },
      Condition: conditionSchema(world),
    },
  };
}

const patterns: Entry[] = [
  ['kms:GenerateDataKey*', text.dataKeys],
  ['kms:ReEncrypt*', text.reEncrypt],
  ['kms:Describe*', text.reading],
  ['kms:Get*', text.reading],
  ['kms:List*', text.reading],
];

function principalSchema({ principals, accountId }: SchemaWorld): Schema {
  const people = principals.filter(({ type }) => type !== 'Service');
  const own = (arn: string) => (arn.includes(`::${accountId}:`) ? text.ownAccount : text.otherAccount);
  const arns = people.map(({ arn, name, type }): Entry => [arn, `${name}, ${type}, ${own(arn)}`]);
  return {
    anyOf: [
      known([['*', text.everybody]]),
      {
        type: 'object',
        properties: {
          AWS: {
            ...oneOrMore(known([...arns, ['*', text.everybody]], text.arnIs)),
            markdownDescription: text.aws,
          },
          Service: {
            ...oneOrMore(known(services.map((name): Entry => [`${name}.amazonaws.com`, text.serviceIs]))),
            markdownDescription: text.service,
          },
          Federated: { type: 'string', markdownDescription: text.federated },
        },
      },
    ],
  };
}

/** Services that come to KMS most often (KMS Developer Guide, "How AWS services use AWS KMS"). */
const services = [
  's3',
  'ec2',
  'rds',
  'dynamodb',
  'secretsmanager',
  'sns',
  'sqs',
  'lambda',
  'logs',
  'cloudtrail',
];

function conditionSchema(world: SchemaWorld): Schema {
  const properties: Record<string, Schema> = {};
  for (const [operator, { about, fits }] of Object.entries(operatorFacts)) {
    const keys = keysSchema(fits, world);
    properties[operator] = { ...keys, markdownDescription: about };
    if (!fits.includes('String') || operator === 'Null') continue;
    const sets = { 'ForAnyValue:': text.forAnyValue, 'ForAllValues:': text.forAllValues };
    for (const [set, means] of Object.entries(sets)) {
      properties[set + operator] = { ...keys, markdownDescription: `${about} ${means}` };
    }
  }
  const every = keysSchema(Object.keys(typeNames) as ConditionKeyType[], world);
  return {
    type: 'object',
    markdownDescription: text.condition,
    properties,
    patternProperties: { IfExists$: { ...every, markdownDescription: text.ifExists } },
  };
}

const typeNames: Record<ConditionKeyType, string> = {
  String: 'text',
  ARN: 'ARN',
  Bool: 'true or false',
  Numeric: 'number',
  Date: 'time',
  IP: 'address',
};

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

type Entry = [name: string, about: string];

/** Text that may be anything; these are offered, each with what it means. */
function known(entries: readonly Entry[], about?: string): Schema {
  return {
    ...(about !== undefined && { markdownDescription: about }),
    anyOf: [
      {
        type: 'string',
        enum: entries.map(([name]) => name),
        markdownEnumDescriptions: entries.map(([, means]) => means),
      },
      { type: 'string' },
    ],
  };
}

function oneOrMore(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'array', items: schema }] };
}
