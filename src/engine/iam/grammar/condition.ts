import { asList } from '../evaluation/as-list.ts';
import { conditionOperators } from '../evaluation/condition-operators.ts';
import { operatorForm } from '../evaluation/condition.ts';
import { isObject, malformed } from './shapes.ts';

/** Holds a Condition element against the grammar. Throws MalformedPolicyDocumentException. */
export function checkCondition(condition: unknown, where: string): void {
  if (condition === undefined) return;
  if (!isObject(condition)) throw malformed(`${where} must be an object.`);
  for (const [operator, keys] of Object.entries(condition)) {
    const [, set, name = '', ifExists] = operatorForm.exec(operator) ?? [];
    const isKnown = name === 'Null' ? ifExists === undefined : conditionOperators.has(name);
    if (!isKnown) throw malformed(`${where}: there is no operator "${operator}".`);
    if (!isObject(keys)) throw malformed(`${where}.${operator} must be an object.`);
    for (const [key, values] of Object.entries(keys)) {
      if (set === 'ForAllValues') checkForAllValues(key, where);
      if (!asList(values).every(isScalar)) {
        throw malformed(`${where}.${operator}: the values of "${key}" must be strings, numbers or booleans.`);
      }
    }
  }
}

/**
 * ForAllValues holds where the key is absent, so with a key of one value it lets through what it seems to forbid
 * (KMS Developer Guide, "kms:EncryptionContext:context-key").
 */
function checkForAllValues(key: string, where: string): void {
  if (/^(kms:EncryptionContext:|aws:RequestTag\/)/i.test(key)) {
    throw malformed(`${where}: ForAllValues with "${key}", which has one value, would allow too much.`);
  }
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
