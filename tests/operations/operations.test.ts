import { expect, test } from 'vitest';
import { getCallerIdentity, lookupEvents, operationNamed, operations } from '$lib/operations/operations.ts';
import type { MemberModel, ShapeModel } from '$lib/operations/model.ts';
import { operations as declared } from '../../src/engine/kms/operations/index.ts';

/** Every member of these, and what is inside them. */
function everyMember(members: MemberModel[]): MemberModel[] {
  return members.flatMap((member) => [member, ...inside(member.shape)]);
}

function inside(shape: ShapeModel): MemberModel[] {
  if (shape.type === 'list') return inside(shape.of);
  return shape.type === 'structure' ? everyMember(shape.members) : [];
}

test('the operations as data are those that are declared', () => {
  expect(operations.map(({ name }) => name)).toEqual(declared.map(({ name }) => name).sort());
});

test('names are as the AWS CLI has them, and members in its order', () => {
  const store = operationNamed('CreateCustomKeyStore');
  expect(store?.cliName).toBe('create-custom-key-store');
  expect(store?.input.map((member) => member.cliName).slice(0, 6)).toEqual([
    'custom-key-store-name',
    'cloud-hsm-cluster-id',
    'trust-anchor-certificate',
    'key-store-password',
    'custom-key-store-type',
    'xks-proxy-uri-endpoint',
  ]);
  const described = operationNamed('DescribeKey')?.output[0]?.shape;
  // AWS's model begins with the account, although the key id alone is required.
  expect(described?.type === 'structure' && described.members.slice(0, 3)).toMatchObject([
    { name: 'AWSAccountId', cliName: 'aws-account-id' },
    { name: 'KeyId', required: true },
    { name: 'Arn' },
  ]);
});

test('every operation and every member of an input says in a sentence what it is', () => {
  for (const { name, summary, input } of [...operations, lookupEvents, getCallerIdentity]) {
    expect(summary, name).toMatch(/^[A-Z].*\.$/);
    for (const member of everyMember(input)) expect(member.about, `${name} ${member.name}`).toMatch(/\.$/);
  }
});

test('operations that list say by what they page', () => {
  const paging = operations.filter(({ pages }) => pages).map(({ name, pages }) => [name, pages?.items]);
  expect(paging).toEqual([
    ['DescribeCustomKeyStores', ['CustomKeyStores']],
    ['ListAliases', ['Aliases']],
    ['ListGrants', ['Grants']],
    ['ListKeyPolicies', ['PolicyNames']],
    ['ListKeyRotations', ['Rotations']],
    ['ListKeys', ['Keys']],
    ['ListResourceTags', ['Tags']],
    ['ListRetirableGrants', ['Grants']],
  ]);
});

test('what the service fills in is not demanded, and shown', () => {
  const member = (operation: string, name: string) =>
    operationNamed(operation)?.input.find((one) => one.name === name);
  expect(member('CreateKey', 'Origin')).toMatchObject({ required: false, fallback: 'AWS_KMS' });
  expect(member('Encrypt', 'Plaintext')).toMatchObject({
    required: true,
    shape: { type: 'blob', min: 1, max: 4096 },
  });
});
