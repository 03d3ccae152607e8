import type { MemberModel, OperationModel } from '$lib/operations/model.ts';

/** What has to be asked of somebody who wants to try an operation. */
export interface RequestForm {
  /** Members that name a key. */
  keys: string[];
  /** Members that are an encryption context. */
  contexts: string[];
  /** A beginning for all else that the operation cannot do without, but for bytes: permission does not depend on them. */
  rest: Record<string, unknown>;
}

const isKey = ({ name }: MemberModel) => /KeyId$/.test(name) && name !== 'XksKeyId';

/** The form of an operation's request. */
export function requestForm({ input }: Pick<OperationModel, 'input'>): RequestForm {
  const others = input.filter(
    (member) =>
      member.required && !isKey(member) && member.shape.type !== 'blob' && member.fallback === undefined,
  );
  return {
    keys: input.filter(isKey).map(({ name }) => name),
    contexts: input.filter(({ name }) => /EncryptionContext$/.test(name)).map(({ name }) => name),
    rest: Object.fromEntries(others.map((member) => [member.name, example(member)])),
  };
}

/** Values that are right in form. */
const examples: Record<string, unknown> = {
  AliasName: 'alias/example',
  Policy: '{}',
  ReplicaRegion: 'eu-west-1',
  PrimaryRegion: 'eu-west-1',
  Tags: [{ TagKey: 'Name', TagValue: 'example' }],
  TagKeys: ['Name'],
  RetiringPrincipal: 'arn:aws:iam::111122223333:root',
};

function example({ name, shape }: MemberModel): unknown {
  if (name in examples) return examples[name];
  switch (shape.type) {
    case 'string':
      return shape.values?.[0] ?? 'example';
    case 'list':
      return shape.of.type === 'string' && shape.of.values ? [shape.of.values[0]] : [];
    case 'integer':
      return shape.min ?? 0;
    case 'boolean':
      return false;
    default:
      return {};
  }
}
