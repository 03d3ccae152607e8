import { schemaText as text } from '$lib/strings/policy-schema.ts';
import { actionFacts } from '../knowledge/actions.ts';
import { conditionSchema, keyDefinitions } from './condition-schema.ts';
import { services } from '../knowledge/services.ts';
import { known, oneOrMore, type Entry, type Schema, type SchemaWorld } from './schema-parts.ts';

/** What a key policy may hold, with the cloud's own names, and what each thing means. It completes and explains; it does not judge. */
export function policySchema(world: SchemaWorld): Schema {
  const statement = statementSchema(world);
  return {
    type: 'object',
    markdownDescription: text.policy,
    definitions: keyDefinitions(world),
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
      Condition: conditionSchema(),
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
