import type { AwsError } from '../errors/aws-error.ts';
import { disabled } from './errors.ts';

/** The states that a key of this cloud can be in (KMS Developer Guide, "Key states of AWS KMS keys"). */
export type KeyState = 'Enabled' | 'Disabled';

/** What kinds of thing an operation does with a key, as far as the key's state cares. */
export type StateRule =
  /** Works with the key's material. */
  | 'use'
  /** Reads or changes the record around the key. */
  | 'manage';

const outcomes: Record<StateRule, Record<KeyState, 'ok' | ((keyArn: string) => AwsError)>> = {
  use: { Enabled: 'ok', Disabled: disabled },
  manage: { Enabled: 'ok', Disabled: 'ok' },
};

/** The error that AWS answers with, or `undefined` when the state allows it. */
export function stateRefusal(rule: StateRule, state: KeyState, keyArn: string): AwsError | undefined {
  const outcome = outcomes[rule][state];
  return outcome === 'ok' ? undefined : outcome(keyArn);
}
