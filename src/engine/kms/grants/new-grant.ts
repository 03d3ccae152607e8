import type { Call } from '../../service/service.ts';
import type { Reader } from '../../vault/vault.ts';
import { recordKey, type KeyRecord } from '../records.ts';
import type { GrantRecord } from './records.ts';
import { grantsNamed } from './store.ts';
import { constraintsOf, type GrantInput } from './terms.ts';

/** A grant that has no id yet. */
export type GrantDraft = Omit<GrantRecord, 'grantId'>;

export function newGrant(call: Call, key: KeyRecord, input: GrantInput): GrantDraft {
  const { GranteePrincipal, GranteeServicePrincipal, RetiringPrincipal, RetiringServicePrincipal } = input;
  const constraints = constraintsOf(input);
  return {
    keyRecordKey: recordKey(key),
    // A service has no account of its own here; it makes grants in that of the key.
    issuingAccount: call.caller.principal.accountId || key.accountId,
    created: call.time,
    operations: input.Operations,
    ...(input.Name !== undefined && { name: input.Name }),
    ...(GranteePrincipal !== undefined && { granteePrincipal: GranteePrincipal }),
    ...(GranteeServicePrincipal !== undefined && { granteeServicePrincipal: GranteeServicePrincipal }),
    ...(RetiringPrincipal !== undefined && { retiringPrincipal: RetiringPrincipal }),
    ...(RetiringServicePrincipal !== undefined && { retiringServicePrincipal: RetiringServicePrincipal }),
    ...(constraints && { constraints }),
  };
}

/**
 * The grant that the same request made before, if it had a name (KMS API Reference, CreateGrant, Name). The same
 * name with anything else different makes another grant.
 */
export function sameGrant(reader: Reader, key: KeyRecord, draft: GrantDraft): GrantRecord | undefined {
  if (draft.name === undefined) return undefined;
  const wanted = terms(draft);
  return grantsNamed(reader, key, draft.name).find((grant) => terms(grant) === wanted);
}

/** All that a request says of a grant but its name, as text in which neither operations nor pairs have an order. */
function terms(grant: GrantDraft): string {
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = grant.constraints ?? {};
  return JSON.stringify([
    grant.issuingAccount,
    grant.granteePrincipal,
    grant.granteeServicePrincipal,
    grant.retiringPrincipal,
    grant.retiringServicePrincipal,
    [...new Set(grant.operations)].sort(),
    pairs(encryptionContextEquals),
    pairs(encryptionContextSubset),
    sourceArn,
  ]);
}

function pairs(context: Record<string, string> | undefined): [string, string][] | undefined {
  return context && Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1));
}
