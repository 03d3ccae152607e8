import { timeOfRecord, trail } from '../cloudtrail/recorder.ts';
import type { CloudTrailRecord } from '../cloudtrail/types.ts';
import type { Reader } from '../vault/vault.ts';
import type { KeyAnatomy } from './look.ts';

/** The record that a request wrote into its caller's own trail. */
export function auditRecord(reader: Reader, requestId: string): CloudTrailRecord | null {
  const found = reader.list(trail).filter(({ value }) => value.requestID === requestId);
  return (found.find(({ value }) => callerOf(value) !== undefined) ?? found[0])?.value ?? null;
}

/** ARN of the caller, or a service's name. Another account's copy of a record does not tell it. */
export function callerOf({ userIdentity }: CloudTrailRecord): string | undefined {
  const { arn, type, invokedBy } = userIdentity;
  if (typeof arn === 'string') return arn;
  return type === 'AWSService' && typeof invokedBy === 'string' ? invokedBy : undefined;
}

/** The error's name as the API has it. */
export function errorNameOf({ errorCode }: CloudTrailRecord): string | undefined {
  return errorCode === 'AccessDenied' ? 'AccessDeniedException' : errorCode;
}

const mostUsers = 20;

/** Who asked for anything with a key, the busiest first, by the trail of the key's own account. */
export function usersOf(
  reader: Reader,
  { accountId, region, keyArn }: { accountId: string; region: string; keyArn: string },
): KeyAnatomy['users'] {
  const users = new Map<string, { calls: number; refused: number; last: number; operations: Set<string> }>();
  for (const { key, value: record } of reader.list(trail, { prefix: `${accountId}/${region}/` })) {
    if (!record.resources?.some(({ ARN }) => ARN === keyArn)) continue;
    const principalArn = callerOf(record) ?? otherAccount(record);
    if (principalArn === undefined) continue;
    const user = users.get(principalArn) ?? { calls: 0, refused: 0, last: 0, operations: new Set() };
    users.set(principalArn, user);
    user.calls++;
    if (record.errorCode !== undefined) user.refused++;
    user.last = Math.max(user.last, timeOfRecord(key));
    user.operations.add(record.eventName);
  }
  return [...users]
    .map(([principalArn, { operations, ...user }]) => ({
      principalArn,
      ...user,
      operations: [...operations].sort(),
    }))
    .sort((one, other) => other.calls - one.calls || other.last - one.last)
    .slice(0, mostUsers);
}

/** All that a trail tells of another account's principal, in the form of an ARN. */
function otherAccount({ userIdentity }: CloudTrailRecord): string | undefined {
  const { type, accountId } = userIdentity;
  return type === 'AWSAccount' && typeof accountId === 'string'
    ? `arn:aws:iam::${accountId}:root`
    : undefined;
}
