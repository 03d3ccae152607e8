import type { OperationModel } from '$lib/operations/model.ts';
import type { PolicyWorld } from '../lint/finding.ts';

/** As much of JSON Schema as editors complete and explain by. */
export interface Schema {
  $ref?: string;
  definitions?: Record<string, Schema>;
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

export type Entry = [name: string, about: string];

/** Text that may be anything; these are offered, each with what it means. */
export function known(entries: readonly Entry[], about?: string): Schema {
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

export function oneOrMore(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'array', items: schema }] };
}
