/** Makes the module `virtual:operations` (see `src/lib/operations/model.ts`), for `scripts/operations-plugin.js`. */
import { lookupEventsInput } from '../../src/engine/cloudtrail/lookup-events.ts';
import type { AnyShape, Member, Members } from '../../src/engine/declaration/members.ts';
import type { Operation } from '../../src/engine/kms/operation.ts';
import { operations as declared } from '../../src/engine/kms/operations/index.ts';
import { cliName } from '../../src/lib/operations/cli-name.ts';
import type { MemberModel, OperationModel, ShapeModel } from '../../src/lib/operations/model.ts';
import {
  itemSchema,
  modelMembers,
  modelOperations,
  resolve,
  typeOf,
  type Schema,
  type StructureSchema,
} from './aws-model.ts';
import { inOrder } from './member-order.ts';

/** The operations of KMS, by name. */
export const operations: OperationModel[] = [...declared]
  .sort((one, other) => (one.name < other.name ? -1 : 1))
  .map(operationModel);

function operationModel({ name, declaration }: Operation): OperationModel {
  const schemas = modelOperations.get(name)!;
  const input = inOrder(schemas.input[2], inputMembers(declaration.input).map(aliasesToo(declaration)));
  const output = outputMembers(schemas.output);
  const pages = pagesOf(input, output);
  return {
    name,
    cliName: cliName(name),
    summary: declaration.summary,
    readOnly: declaration.readOnly,
    input,
    output,
    ...(pages && { pages }),
  };
}

/** Which forms of a key's name an operation takes, its declaration says. */
function aliasesToo({ keys = {} }: Operation['declaration']): (member: MemberModel) => MemberModel {
  const takesAliases = Object.values(keys).some(({ takes }) => takes === 'key or alias');
  return (member) =>
    takesAliases && member.name.endsWith('KeyId')
      ? { ...member, about: `${member.about} An alias name or alias ARN does as well.` }
      : member;
}

/** All operations that list do it alike (KMS API Reference): Limit and Marker in, one list and NextMarker out. */
function pagesOf(input: MemberModel[], output: MemberModel[]): OperationModel['pages'] {
  if (!input.some(({ name }) => name === 'Marker')) return undefined;
  const lists = output.filter(({ shape }) => shape.type === 'list');
  return { items: lists.map(({ name }) => name), limit: 'Limit', marker: 'Marker', next: 'NextMarker' };
}

function inputMembers(members: Members): MemberModel[] {
  return Object.entries(members).map(([name, { shape, required, fallback, about }]: [string, Member]) => ({
    name,
    cliName: cliName(name),
    // What is filled in is never demanded of the caller.
    required: required && fallback === undefined,
    ...(about !== undefined && { about }),
    shape: inputShape(shape),
    ...(fallback !== undefined && { fallback }),
  }));
}

function inputShape({ hidden: _, ...shape }: AnyShape): ShapeModel {
  switch (shape.type) {
    case 'list':
      return { ...shape, of: inputShape(shape.of) };
    case 'structure':
      return { type: 'structure', members: inputMembers(shape.members) };
    default:
      return shape;
  }
}

function outputMembers(structure: StructureSchema): MemberModel[] {
  const members = modelMembers(structure).map(({ name, required, schema }) => ({
    name,
    cliName: cliName(name),
    required,
    shape: outputShape(schema),
  }));
  return inOrder(structure[2], members);
}

function outputShape(schema: Schema): ShapeModel {
  const type = typeOf(schema);
  switch (type) {
    case 'list':
      return { type, of: outputShape(itemSchema(schema)) };
    case 'structure':
      return { type, members: outputMembers(resolve(schema) as StructureSchema) };
    default:
      return { type } as ShapeModel;
  }
}

/** CloudTrail API Reference, LookupEvents, Response Elements, in the order of AWS's model. */
const event: Record<string, ShapeModel> = {
  EventId: { type: 'string' },
  EventName: { type: 'string' },
  ReadOnly: { type: 'string' },
  AccessKeyId: { type: 'string' },
  EventTime: { type: 'timestamp' },
  EventSource: { type: 'string' },
  Username: { type: 'string' },
  Resources: {
    type: 'list',
    of: structure({ ResourceType: { type: 'string' }, ResourceName: { type: 'string' } }),
  },
  CloudTrailEvent: { type: 'string' },
};

function structure(shapes: Record<string, ShapeModel>): { type: 'structure'; members: MemberModel[] } {
  const members = Object.entries(shapes).map(([name, shape]) => ({
    name,
    cliName: cliName(name),
    required: false,
    shape,
  }));
  return { type: 'structure', members };
}

/** What of CloudTrail is here. */
export const lookupEvents: OperationModel = {
  name: 'LookupEvents',
  cliName: 'lookup-events',
  summary: 'Looks up what has happened in this account and Region in the last 90 days, newest first.',
  readOnly: true,
  input: inputMembers(lookupEventsInput),
  output: structure({
    Events: { type: 'list', of: structure(event) },
    NextToken: { type: 'string' },
  }).members,
  pages: { items: ['Events'], limit: 'MaxResults', marker: 'NextToken', next: 'NextToken' },
};

/** What of STS is here. */
export const getCallerIdentity: OperationModel = {
  name: 'GetCallerIdentity',
  cliName: 'get-caller-identity',
  summary: 'Tells whose credentials the request is signed with.',
  readOnly: true,
  input: [],
  output: structure({ UserId: { type: 'string' }, Account: { type: 'string' }, Arn: { type: 'string' } })
    .members,
};
