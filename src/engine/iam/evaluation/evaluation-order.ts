import type { PolicyKind } from '../types.ts';

/** The kinds of policies in the order in which AWS evaluates them, and so names them in a refusal. */
export const evaluationOrder: readonly PolicyKind[] = [
  'resource control policy',
  'service control policy',
  'key policy',
  'identity policy',
  'permissions boundary',
  'session policy',
];
