import type { Caller, PolicyStatement } from '../types.ts';
import { asList } from './as-list.ts';

/**
 * How a policy or grant names the caller, the most direct way first. `account` names the caller's whole account: that
 * hands the decision to the account's own identity policies, unless the caller is the account's root user
 * (AWS KMS Developer Guide, "Default key policy").
 */
export type NamedAs = 'everyone' | 'session' | 'principal' | 'account' | 'nobody';

const mostDirectFirst = ['everyone', 'session', 'principal', 'account'] as const;

type PrincipalElement = NonNullable<PolicyStatement['Principal']>;

/** Looks for the caller in a Principal element. ARNs are compared whole: they take no wildcards. */
export function namedIn(element: PrincipalElement, caller: Caller): NamedAs {
  const ways = listed(element, caller).map((value) => namedBy(value, caller));
  return mostDirectFirst.find((way) => ways.includes(way)) ?? 'nobody';
}

/** How one value names the caller: an ARN, an account id, a unique id, the name of a service, or `*`. */
export function namedBy(value: string, caller: Caller): NamedAs {
  const { principal } = caller;
  if (value === '*') return 'everyone';
  if (value === principal.arn || value === principal.principalId) return 'principal';
  if (value === caller.arn) return 'session';
  if (!isAccount(value, caller)) return 'nobody';
  return principal.type === 'Root' ? 'principal' : 'account';
}

/**
 * Whether a NotPrincipal element spares the caller. To spare one principal, a Deny has to list its account too,
 * and for a role session the role and the session; nothing spares a principal that has a permissions boundary
 * (IAM User Guide, "NotPrincipal"). An Allow, on the other hand, passes over whoever is listed in any of these ways.
 */
export function sparedBy(element: PrincipalElement, caller: Caller, effect: 'Allow' | 'Deny'): boolean {
  const { principal } = caller;
  if (effect === 'Deny' && principal.boundary) return false;
  const values = listed(element, caller);
  if (values.includes('*')) return true;
  const ways = [
    values.includes(principal.arn) || values.includes(principal.principalId),
    values.includes(caller.arn),
    values.some((value) => isAccount(value, caller)),
  ];
  // The root user is listed by listing the account; a service has none.
  const anyWill = effect === 'Allow' || principal.type === 'Root' || principal.type === 'Service';
  return anyWill ? ways.includes(true) : !ways.includes(false);
}

/** The values among which the caller may be: no federated or canonical user calls in this cloud. */
function listed(element: PrincipalElement, { principal }: Caller): readonly string[] {
  if (typeof element === 'string') return [element];
  if (principal.type !== 'Service') return asList(element.AWS);
  const everyone = asList(element.AWS).filter((value) => value === '*');
  return [...asList(element.Service), ...everyone];
}

function isAccount(value: string, { principal }: Caller): boolean {
  if (principal.type === 'Service') return false;
  return value === principal.accountId || value === `arn:aws:iam::${principal.accountId}:root`;
}
