import type { Caller } from './types.ts';

/** The unique id by which AWS knows a caller; a role's session has its name behind the role's (IAM User Guide, "Unique identifiers"). */
export function principalIdOf({ principal, accessKey }: Pick<Caller, 'principal' | 'accessKey'>): string {
  const { type, principalId } = principal;
  return type === 'Role' ? `${principalId}:${accessKey.sessionName ?? ''}` : principalId;
}
