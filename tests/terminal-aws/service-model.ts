/**
 * AWS's model of today in the form that botocore reads. The AWS CLI of a distribution is years old, and knows
 * neither the newer operations nor members; how it reads command lines and prints replies has not changed since.
 */
import type { MemberModel, OperationModel, ShapeModel } from '$lib/operations/model.ts';

interface Shapes {
  [name: string]: Record<string, unknown>;
}

/** A `service-2.json` of KMS. */
export function serviceModel(operations: readonly OperationModel[]): object {
  const shapes: Shapes = { Text: { type: 'string' } };
  const described = operations.map((operation) => [operation.name, operationModel(operation, shapes)]);
  return {
    version: '2.0',
    metadata: {
      apiVersion: '2014-11-01',
      endpointPrefix: 'kms',
      jsonVersion: '1.1',
      protocol: 'json',
      serviceAbbreviation: 'KMS',
      serviceFullName: 'AWS Key Management Service',
      serviceId: 'KMS',
      signatureVersion: 'v4',
      targetPrefix: 'TrentService',
      uid: 'kms-2014-11-01',
    },
    operations: Object.fromEntries(described),
    shapes,
  };
}

function operationModel({ name, input, output }: OperationModel, shapes: Shapes): object {
  return {
    name,
    http: { method: 'POST', requestUri: '/' },
    input: structure(`${name}Request`, input, shapes),
    output: structure(`${name}Response`, output, shapes),
  };
}

/** Puts a structure among the shapes; gives what refers to it. */
function structure(name: string, members: readonly MemberModel[], shapes: Shapes): { shape: string } {
  const entries = members.map((member) => [
    member.name,
    shape(`${name}_${member.name}`, member.shape, shapes),
  ]);
  shapes[name] = {
    type: 'structure',
    required: members.filter(({ required }) => required).map((member) => member.name),
    members: Object.fromEntries(entries),
  };
  return { shape: name };
}

function shape(name: string, model: ShapeModel, shapes: Shapes): { shape: string } {
  switch (model.type) {
    case 'structure':
      return structure(name, model.members, shapes);
    case 'list':
      shapes[name] = { type: 'list', member: shape(`${name}_member`, model.of, shapes), ...bounds(model) };
      break;
    case 'map':
      shapes[name] = { type: 'map', key: { shape: 'Text' }, value: { shape: 'Text' } };
      break;
    case 'string':
      shapes[name] = { type: 'string', ...(model.values && { enum: model.values }), ...bounds(model) };
      break;
    default:
      shapes[name] = { type: model.type, ...('min' in model && bounds(model)) };
  }
  return { shape: name };
}

function bounds({ min, max }: { min?: number; max?: number }): object {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

/** A `paginators-1.json` of KMS. */
export function paginators(operations: readonly OperationModel[]): object {
  const pagination = operations.flatMap(({ name, pages }) =>
    pages
      ? [
          [
            name,
            {
              input_token: pages.marker,
              limit_key: pages.limit,
              more_results: 'Truncated',
              output_token: pages.next,
              result_key: pages.items[0],
            },
          ],
        ]
      : [],
  );
  return { pagination: Object.fromEntries(pagination) };
}
