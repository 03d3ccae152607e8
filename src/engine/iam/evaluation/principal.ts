import type { Caller, PolicyStatement } from '../types.ts';
import { asList } from './as-list.ts';

/**
 * How a Principal element names the caller. `account` names the caller's whole account: that hands the decision
 * to the account's own identity policies, unless the caller is the account's root user
 * (AWS KMS Developer Guide, "Default key policy").
 */
export type NamedAs = 'caller' | 'account' | 'nobody';

type PrincipalElement = NonNullable<PolicyStatement['Principal']>;

/** Looks for the caller in a Principal element. ARNs are compared whole: they take no wildcards. */
export function namedIn(element: PrincipalElement, caller: Caller): NamedAs {
  const values = awsPrincipals(element);
  if (values.some((value) => value === '*' || isCaller(value, caller))) return 'caller';
  return values.some((value) => isAccount(value, caller)) ? 'account' : 'nobody';
}

/**
 * Whether a NotPrincipal element spares the caller. To spare one principal, a Deny has to list its account too,
 * and for a role session the role and the session (IAM User Guide, "NotPrincipal"). An Allow, on the other hand,
 * passes over whoever is listed in any of these ways.
 */
export function sparedBy(element: PrincipalElement, caller: Caller, effect: 'Allow' | 'Deny'): boolean {
  const values = awsPrincipals(element);
  if (values.includes('*')) return true;
  const { principal } = caller;
  const listed = [
    values.some((value) => isAccount(value, caller)),
    values.includes(caller.arn),
    values.includes(principal.arn) || values.includes(principal.principalId),
  ];
  // The root user is listed by listing the account.
  if (principal.type === 'Root') return listed.includes(true);
  return effect === 'Deny' ? !listed.includes(false) : listed.includes(true);
}

/** Users, roles, sessions and accounts. No service or federated principal calls in this cloud. */
function awsPrincipals(element: PrincipalElement): readonly string[] {
  return typeof element === 'string' ? asList(element) : asList(element.AWS);
}

function isCaller(value: string, caller: Caller): boolean {
  const { principal } = caller;
  if (principal.type === 'Root') return isAccount(value, caller);
  return value === caller.arn || value === principal.arn || value === principal.principalId;
}

function isAccount(value: string, { principal }: Caller): boolean {
  return value === principal.accountId || value === `arn:aws:iam::${principal.accountId}:root`;
}
