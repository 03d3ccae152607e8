import { describe, expect, test } from 'vitest';
import { operations } from '../../src/engine/kms/operations/index.ts';
import { modelMembers, modelOperations } from '../support/aws-model.ts';

/**
 * Every operation as AWS's own model has it. Members that the model calls optional and the service demands all
 * the same (`NumberOfBytes is required.`) are refused in `check`, in the service's words.
 */
const declared = new Map(operations.map(({ name, declaration }) => [name, declaration]));

test('every operation of the model is there, and no other', () => {
  expect([...declared.keys()].sort()).toEqual([...modelOperations.keys()].sort());
  expect(declared.size).toBe(56);
});

describe.each([...modelOperations])('%s', (name, { input }) => {
  test('takes the members of the model, of the same types and as required', () => {
    const members = Object.entries(declared.get(name)?.input ?? {}).map(
      ([member, { shape, required, fallback }]) => ({
        name: member,
        required: required && fallback === undefined,
        type: shape.type,
      }),
    );
    const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
    const ofModel = modelMembers(input).map(({ schema: _, ...member }) => member);
    expect(members.sort(byName)).toEqual(ofModel.sort(byName));
  });
});
