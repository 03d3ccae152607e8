import type { DomainView, MemberView } from '$engine/hsm/hsm.ts';

/**
 * How a domain stands. `only-safe`: no module is in service, but the one in the safe can open the domain token.
 * `lost`: nobody can any more, so everything that the domain has sealed is lost for ever.
 */
export type Condition = 'in-service' | 'only-safe' | 'lost';

export function conditionOf({ members }: Pick<DomainView, 'members'>): Condition {
  if (members.some(isServing)) return 'in-service';
  return members.some(({ state }) => state === 'offline') ? 'only-safe' : 'lost';
}

export const isServing = ({ state }: MemberView): boolean => state === 'in-service';

/** Only a module that has failed is replaced. */
export const hasFailed = ({ state }: MemberView): boolean => state === 'lost' || state === 'tampered';
