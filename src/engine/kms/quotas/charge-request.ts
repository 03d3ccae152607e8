import type { Members } from '../../declaration/members.ts';
import { AwsError } from '../../errors/aws-error.ts';
import { awsOwnedAccountId } from '../../service/aws-owned-account.ts';
import type { Call } from '../../service/service.ts';
import { customKeyStores } from '../custom-key-stores/records.ts';
import type { AwsEnum } from '../enums.ts';
import { findKey } from '../find-key.ts';
import type { KeyUse, OperationDeclaration, Rooms } from '../operation.ts';
import { place, type KeyRecord } from '../records.ts';
import { chargesOf } from './charges.ts';

type Input = Record<string, unknown>;

/**
 * Counts a request against the account's request quotas, if this cloud has any and the key is not AWS's own.
 * Throws ThrottlingException.
 */
export function chargeRequest(
  operation: string,
  { keys = {} }: OperationDeclaration<Members, string>,
  input: Input,
  call: Call,
  { throttle }: Rooms,
): void {
  if (!throttle) return;
  const used = Object.values(keys).flatMap((use) => keyNamed(use, input, call) ?? []);
  if (used.some(({ accountId }) => accountId === awsOwnedAccountId)) return;
  const KeyPairSpec = input['KeyPairSpec'] as AwsEnum<'DataKeyPairSpec'> | undefined;
  if (!throttle(call, chargesOf(operation, { KeyPairSpec, store: storeNamed(input, call), keys: used })))
    return;
  throw new AwsError(
    'ThrottlingException',
    'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
  );
}

/** Also a request about a key that does not exist is a request: what is wrong with it is told later. */
function keyNamed(use: KeyUse<Input>, input: Input, call: Call): KeyRecord | undefined {
  const location = { accountId: call.caller.principal.accountId, region: call.region };
  try {
    return findKey(call.transaction, location, use.named(input, call), use.takes).record;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/** The custom key store's id, if there is such a store: else anybody could have quotas without end. */
function storeNamed({ CustomKeyStoreId: id }: Input, call: Call): string | undefined {
  if (typeof id !== 'string') return undefined;
  const location = { accountId: call.caller.principal.accountId, region: call.region };
  return call.transaction.get(customKeyStores, place(location) + id)?.id;
}
