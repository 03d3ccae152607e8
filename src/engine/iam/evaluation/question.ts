import type { AuthorizationRequest } from '../types.ts';
import { globalConditionKeys } from './global-condition-keys.ts';

/** An authorization request with its condition keys made ready for looking up. */
export interface Question extends AuthorizationRequest {
  /** Values of a condition key, whatever the case of its name; `undefined` when the request has no such key. */
  valuesOf(conditionKey: string): readonly string[] | undefined;
}

export function question(request: AuthorizationRequest): Question {
  let byLowerName: Map<string, readonly string[]> | undefined;
  return {
    ...request,
    valuesOf(conditionKey) {
      byLowerName ??= lowerNames(request.conditionKeys);
      const name = conditionKey.toLowerCase();
      return byLowerName.get(name) ?? globalConditionKeys.get(name)?.(request);
    },
  };
}

/**
 * The names of condition keys have no case, and so two encryption context keys that differ in case only
 * make one condition key with the values of both.
 */
function lowerNames(conditionKeys: Record<string, string[]>): Map<string, readonly string[]> {
  const byLowerName = new Map<string, readonly string[]>();
  for (const [name, values] of Object.entries(conditionKeys)) {
    const lower = name.toLowerCase();
    byLowerName.set(lower, [...(byLowerName.get(lower) ?? []), ...values]);
  }
  return byLowerName;
}
