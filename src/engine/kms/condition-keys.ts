import type { EncryptionContext } from '../hsm/hsm.ts';
import type { ConditionKeys } from '../service/permit.ts';

/** Members of a request that key policies can speak of under the same name (KMS Developer Guide, "Condition keys"). */
const direct = ['EncryptionAlgorithm', 'SigningAlgorithm', 'MessageType'] as const;

/** Condition keys that the input itself yields. `context` and `algorithm` are those
 * that go with the key in question. */
export function conditionKeysOf(
  input: Record<string, unknown>,
  context: EncryptionContext | undefined,
  algorithm: string | undefined,
): ConditionKeys {
  const found: ConditionKeys = {};
  for (const name of direct) {
    const value = input[name];
    if (typeof value === 'string') found[`kms:${name}`] = [value];
  }
  if (algorithm !== undefined) found['kms:EncryptionAlgorithm'] = [algorithm];
  if (context) {
    const names = Object.keys(context);
    if (names.length > 0) found['kms:EncryptionContextKeys'] = names;
    for (const name of names) found[`kms:EncryptionContext:${name}`] = [context[name]!];
  }
  return found;
}
