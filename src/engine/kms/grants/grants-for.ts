import type { Caller } from '../../iam/types.ts';
import type { Call } from '../../service/service.ts';
import { awsEnums } from '../enums.ts';
import { recordKey, type KeyRecord } from '../records.ts';
import { grants, grantsByGrantee, type GrantRecord } from './records.ts';

const grantable = new Set<string>(awsEnums.GrantOperation.map((operation) => `kms:${operation}`));

/** The grants on a key that may allow `action` to the caller; whether they do is the evaluator's to say. */
export function grantsFor(call: Call, action: string, key: KeyRecord): GrantRecord[] {
  if (!grantable.has(action)) return [];
  const { transaction } = call;
  const onKey = recordKey(key);
  return [...granteeNames(call.caller)].flatMap((grantee) =>
    transaction
      .list(grantsByGrantee, { prefix: `${onKey}/${grantee}/` })
      .flatMap(({ value }) => transaction.get(grants, value) ?? []),
  );
}

/** Every name under which a grant can mean the caller. */
function granteeNames({ arn, principal }: Caller): Set<string> {
  if (principal.type === 'Service') return new Set([principal.name]);
  const { accountId } = principal;
  return new Set([arn, principal.arn, `arn:aws:iam::${accountId}:root`, accountId]);
}
