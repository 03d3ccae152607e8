import { toJsonSchema } from '@valibot/to-json-schema';
import { scenarioSchema } from '../../src/engine/scenario/schema/scenario.ts';

/** As much of JSON Schema as the form of a scenario needs. */
export interface JsonSchema {
  type?: string;
  const?: string | number;
  enum?: unknown[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  /** Any of these … */
  anyOf?: JsonSchema[];
  /** … or the one whose `type` says so. */
  oneOf?: JsonSchema[];
}

/** The form as JSON Schema. Policies are objects there; their grammar is IAM's and checked by the reader alone. */
export function scenarioJsonSchema(): JsonSchema {
  const schema = toJsonSchema(scenarioSchema, {
    errorMode: 'ignore',
    overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'custom' ? { type: 'object' } : undefined),
  });
  return schema as JsonSchema;
}

/** The form as tables for `docs/scenario.md`: one for each object, each described once. */
export function describeForm(): string {
  const sections: string[] = [];
  const places = new Map<string, string>();

  function section(place: string, schema: JsonSchema): void {
    places.set(JSON.stringify(schema.properties), place);
    const lines = [`### \`${place}\``, '', '| Member | What |', '| --- | --- |'];
    const inner: [string, JsonSchema][] = [];
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      const isRequired = schema.required?.includes(name) ? '' : ', optional';
      const { words, objects } = typeOf(member, place === 'scenario' ? name : `${place}.${name}`);
      inner.push(...objects);
      lines.push(`| \`${name}\` | ${words}${isRequired}. ${member.description ?? ''} |`);
    }
    sections.push(lines.join('\n'));
    for (const [where, object] of inner) {
      if (!places.has(JSON.stringify(object.properties))) section(where, object);
    }
  }

  /** In words, with the objects that need a section of their own. */
  function typeOf(schema: JsonSchema, place: string): { words: string; objects: [string, JsonSchema][] } {
    const options = schema.anyOf ?? schema.oneOf;
    if (options) {
      const kinds = options.map((option) => {
        const kind = option.properties?.['type']?.const;
        return typeOf(option, kind === undefined ? place : `${place} (${kind})`);
      });
      return {
        words: kinds.map(({ words }) => words).join(' or '),
        objects: kinds.flatMap((k) => k.objects),
      };
    }
    if (schema.items) {
      const { words, objects } = typeOf(schema.items, `${place}[]`);
      return { words: `list of ${words}`, objects };
    }
    if (schema.properties) {
      const known = places.get(JSON.stringify(schema.properties)) ?? place;
      return { words: `\`${known}\``, objects: [[place, schema]] };
    }
    if (schema.const !== undefined) return { words: `\`${JSON.stringify(schema.const)}\``, objects: [] };
    if (schema.enum) return { words: schema.enum.map((one) => `\`${String(one)}\``).join(', '), objects: [] };
    if (typeof schema.additionalProperties === 'object') {
      const { words } = typeOf(schema.additionalProperties, place);
      return { words: `object of ${words}s`, objects: [] };
    }
    return { words: schema.type ?? 'anything', objects: [] };
  }

  section('scenario', scenarioJsonSchema());
  return sections.join('\n\n');
}
