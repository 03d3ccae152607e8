import type { AuthorizationRequest, Caller } from '../types.ts';
import { globalConditionKey } from './global-condition-keys.ts';

/** An authorization request whose condition keys can be looked up. */
export class Question {
  readonly request: AuthorizationRequest;
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  #byLowerName: Map<string, readonly string[]> | undefined;

  constructor(request: AuthorizationRequest) {
    this.request = request;
    this.caller = request.caller;
    this.action = request.action;
    this.resource = request.resource;
  }

  /** Values of a condition key, whatever the case of its name; `undefined` when the request has no such key. */
  valuesOf(conditionKey: string): readonly string[] | undefined {
    this.#byLowerName ??= lowerNames(this.request.conditionKeys);
    const name = conditionKey.toLowerCase();
    return this.#byLowerName.get(name) ?? globalConditionKey(name, this.request);
  }
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
