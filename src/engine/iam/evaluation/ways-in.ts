import type { Grant } from '../types.ts';
import { grantFits, granteeOf } from './grant.ts';
import { namedBy, type NamedAs } from './principal.ts';
import type { Question } from './question.ts';
import { allows, namedInStatement, type Assessed } from './statement.ts';

/**
 * How far an Allow on the resource's side goes: `free` needs nothing more; `limited` needs the caller's permissions
 * boundary and session policies to allow the request, too; `delegated` needs an identity policy besides.
 */
export type Reach = 'free' | 'limited' | 'delegated';

const furthestFirst: readonly Reach[] = ['free', 'limited', 'delegated'];

/** Something on the resource's side that allows the request, as far as it goes. */
export interface WayIn {
  reach: Reach;
  by?: Assessed;
  grant?: Grant;
}

/** The best way in by the key policy. Where there is no such policy, an account leaves its resources to its own. */
export function wayInByKeyPolicy(assessed: readonly Assessed[], question: Question): WayIn | undefined {
  if (!question.request.resourcePolicy) {
    return isOwnAccount(question) ? { reach: 'delegated' } : undefined;
  }
  return assessed
    .filter((one) => allows(one, 'key policy'))
    .map((by) => ({ reach: reachOfStatement(by, question), by }))
    .reduce<WayIn | undefined>(better, undefined);
}

/**
 * The best way in by a grant. One that is given straight to a principal of another account works by itself; one to
 * the account needs an identity policy there (KMS Developer Guide, "Grants in AWS KMS").
 */
export function wayInByGrant(question: Question): WayIn | undefined {
  const { caller, request } = question;
  return (request.grants ?? [])
    .filter((grant) => grantFits(grant, question))
    .map((grant) => ({ reach: reachOf(namedBy(granteeOf(grant), caller), question), grant }))
    .reduce<WayIn | undefined>(better, undefined);
}

/** The one that goes further; the first of equals. */
export function better(one: WayIn | undefined, other: WayIn | undefined): WayIn | undefined {
  if (!one || !other) return one ?? other;
  return furthestFirst.indexOf(other.reach) < furthestFirst.indexOf(one.reach) ? other : one;
}

/** Between two accounts both must allow it, however directly the key policy names the caller. */
export function isBetweenAccounts(question: Question): boolean {
  return question.caller.principal.type !== 'Service' && !isOwnAccount(question);
}

function isOwnAccount({ request }: Question): boolean {
  return request.caller.principal.accountId === request.resourceAccountId;
}

function reachOfStatement(by: Assessed, question: Question): Reach {
  return isBetweenAccounts(question) ? 'delegated' : reachOf(namedInStatement(by, question), question);
}

/** IAM User Guide, "How AWS enforcement code logic evaluates requests", Resource-based policies. */
function reachOf(named: NamedAs, { caller }: Question): Reach {
  if (named === 'account') return 'delegated';
  if (named !== 'principal' || caller.principal.type === 'Service') return 'free';
  // What names a role is limited by the role's limits; what names a user, by those of a session that has policies.
  return caller.principal.type === 'Role' || caller.accessKey.sessionPolicies ? 'limited' : 'free';
}
