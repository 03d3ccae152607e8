import type { PolicyKind } from '../types.ts';
import type { Question } from './question.ts';
import { allows, type Assessed } from './statement.ts';
import type { Reach } from './ways-in.ts';

/** Policies of the caller's own account. */
export type OwnKind = 'identity policy' | 'permissions boundary' | 'session policy';

/** What the caller's own account says. */
export interface OwnSide {
  /** The statement of an identity policy that allows the request. */
  identity: Assessed | undefined;
  /** Kinds of policies that would have to allow what comes in with this reach, and do not, in AWS's order. */
  lacking: Record<Reach, OwnKind[]>;
}

export function ownSide(assessed: readonly Assessed[], { caller }: Question): OwnSide {
  const { principal, accessKey } = caller;
  const allowing = (policy: PolicyKind) => assessed.find((one) => allows(one, policy));
  const identity = allowing('identity policy');
  const limits: OwnKind[] = [];
  if (principal.boundary && !allowing('permissions boundary')) limits.push('permissions boundary');
  if (accessKey.sessionPolicies?.length && !allowing('session policy')) limits.push('session policy');
  // The root user needs no policy: within the account it may do everything.
  const needsIdentity = !identity && principal.type !== 'Root';
  const delegated: OwnKind[] = needsIdentity ? ['identity policy', ...limits] : limits;
  return { identity, lacking: { free: [], limited: limits, delegated } };
}
