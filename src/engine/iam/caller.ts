import type { AccessKey, Caller, Principal } from './types.ts';

/** Who calls with this access key of theirs; a role calls through a session. */
export function callerWith(principal: Principal, accessKey: AccessKey): Caller {
  const { accountId, name } = principal;
  const arn =
    principal.type === 'Role'
      ? `arn:aws:sts::${accountId}:assumed-role/${name}/${accessKey.sessionName}`
      : principal.arn;
  return { principal, accessKey, arn };
}
