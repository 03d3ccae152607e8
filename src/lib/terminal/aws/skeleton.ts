/** `--generate-cli-skeleton`: what an input or a reply looks like (botocore, `ArgumentGenerator`). */
import type { MemberModel, ShapeModel } from '$lib/operations/model.ts';
import type { Value, Values } from './io.ts';

const epoch = '1970-01-01T00:00:00';

/** Texts are empty, or the first of their values; in a reply, the member's name. */
export function skeletonOf(members: readonly MemberModel[], kind: 'input' | 'output'): Values {
  return Object.fromEntries(members.map(({ name, shape }) => [name, valueOf(shape, name, kind)]));
}

function valueOf(shape: ShapeModel, name: string, kind: 'input' | 'output'): Value {
  switch (shape.type) {
    case 'string':
      return kind === 'output' ? name : (shape.values?.[0] ?? '');
    case 'integer':
      return 0;
    case 'boolean':
      return true;
    case 'timestamp':
      return epoch;
    case 'blob':
      return null;
    case 'map':
      return { KeyName: '' };
    case 'list':
      return [valueOf(shape.of, '', kind)];
    case 'structure':
      return skeletonOf(shape.members, kind);
  }
}

/** The same in YAML, with a comment on what is required and which values there are. */
export function yamlSkeleton(members: readonly MemberModel[]): string {
  return `${yamlMembers(members, '').join('\n') || '{}'}\n`;
}

function yamlMembers(members: readonly MemberModel[], indent: string): string[] {
  return members.flatMap(({ name, shape, required }) => {
    const values = shape.type === 'string' ? shape.values : undefined;
    const notes = [
      ...(required ? ['[REQUIRED]'] : []),
      ...(values ? [`Valid values are: ${values.join(', ')}.`] : []),
    ];
    const comment = notes.length > 0 ? `  # ${notes.join(' ')}` : '';
    return yamlMember(`${indent}${name}:`, shape, indent, comment);
  });
}

function yamlMember(key: string, shape: ShapeModel, indent: string, comment: string): string[] {
  switch (shape.type) {
    case 'structure':
      return [key + comment, ...yamlMembers(shape.members, `${indent}  `)];
    case 'map':
      return [key + comment, `${indent}  KeyName: ''`];
    case 'list':
      return [key + comment, ...listLines(shape.of, indent)];
    case 'blob':
      return [`${key} !!binary ''${comment}`];
    case 'timestamp':
      return [`${key} 1970-01-01 00:00:00${comment}`];
    default: {
      const value = valueOf(shape, '', 'input');
      return [`${key} ${value === '' ? "''" : JSON.stringify(value).replaceAll('"', '')}${comment}`];
    }
  }
}

function listLines(of: ShapeModel, indent: string): string[] {
  if (of.type !== 'structure') return yamlMember(`${indent}-`, of, indent, '');
  const [first = '', ...others] = yamlMembers(of.members, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...others];
}
