import { AwsError } from '../../errors/aws-error.ts';
import { authorize } from '../../iam/authorize.ts';
import { accounts } from '../../iam/tables.ts';
import type { PolicyDocument } from '../../iam/types.ts';
import type { Call } from '../../service/service.ts';
import { keyConditionKeys } from '../permission.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';
import { conditionKeysOf } from '../condition-keys.ts';
import { constraintTypeKeys } from './condition-keys.ts';
import type { GrantRecord } from './records.ts';
import { contextOf } from './terms.ts';

const action = 'kms:RetireGrant';

/**
 * Asks whether the caller may retire a grant. The grant decides, not the key policy: its retiring principal, its
 * grantee where RetireGrant is among its operations, and the account that made it, which may delegate that to its
 * users and roles by IAM policies (KMS Developer Guide, "Retiring and revoking grants").
 * Throws AccessDeniedException.
 */
export function permitRetiring(call: Call, key: KeyRecord, grant: GrantRecord): void {
  const { caller } = call;
  const { accountId } = caller.principal;
  const callerAccount = call.transaction.get(accounts, accountId);
  const { constraints } = grant;
  const decision = authorize({
    caller,
    action,
    resource: arnOfKey(key),
    // The grant stands in for a policy of the caller's own account: no second account has to allow it.
    resourceAccountId: accountId,
    resourcePolicy: policyOf(grant),
    ...(callerAccount && { callerAccount }),
    isAwsManagedKey: key.manager === 'AWS',
    conditionKeys: {
      ...keyConditionKeys(call, { record: key, fromCiphertext: false }),
      ...conditionKeysOf({}, contextOf(constraints), undefined),
      ...constraintTypeKeys(constraints),
    },
    circumstances: call,
  });
  call.trace.step(() => ({
    station: 'may',
    title: decision.allowed
      ? 'The grant names the caller, or the caller’s account lets them retire it.'
      : 'Neither the grant nor the caller’s account lets them retire it.',
    outcome: decision.allowed ? 'ok' : 'refused',
    fields: [
      { name: 'Principal', value: caller.arn, direction: 'in' },
      { name: 'Action', value: action, direction: 'in' },
      { name: 'Grant', value: grant.grantId, direction: 'in' },
      { name: 'May retire it', value: retirersOf(grant), direction: 'in' },
    ],
  }));
  if (!decision.allowed) throw new AwsError('AccessDeniedException', decision.message);
}

/** Names of all who may retire the grant, an account by its root user's ARN. */
function retirersOf(grant: GrantRecord): string[] {
  const { awsPrincipals, services } = retirers(grant);
  return [...awsPrincipals, ...services];
}

function retirers(grant: GrantRecord): { awsPrincipals: string[]; services: string[] } {
  const granteeRetires = grant.operations.includes('RetireGrant');
  const present = (names: (string | undefined | false)[]) => names.filter((name) => typeof name === 'string');
  return {
    awsPrincipals: present([
      grant.retiringPrincipal,
      granteeRetires && grant.granteePrincipal,
      `arn:aws:iam::${grant.issuingAccount}:root`,
    ]),
    services: present([grant.retiringServicePrincipal, granteeRetires && grant.granteeServicePrincipal]),
  };
}

/** What a grant says about retiring it, in the form that the evaluator reads. */
function policyOf(grant: GrantRecord): PolicyDocument {
  const { awsPrincipals, services } = retirers(grant);
  const Principal = { AWS: awsPrincipals, ...(services.length > 0 && { Service: services }) };
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: action, Resource: '*' }],
  };
}
