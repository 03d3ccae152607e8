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
