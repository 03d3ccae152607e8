import { uuid } from '../../clock/randomness.ts';
import type { Call } from '../../service/service.ts';
import { parseIdentifier, type KeyLocation } from '../identifiers.ts';
import { draftKey, withMaterial } from '../new-key.ts';
import type { Rooms } from '../operation.ts';
import { aliases, place, putAlias, storeKey } from '../records.ts';
import { withAutomaticRotation } from '../rotation/schedule.ts';
import { serviceOfAlias } from './managed-aliases.ts';
import { managedKeyPolicy } from './policy.ts';
import type { ManagedKeyService } from './services.ts';

/** AWS managed keys are rotated every year (KMS Developer Guide, "Rotating AWS KMS keys"). */
const rotationPeriodInDays = 365;

/**
 * Makes the AWS managed key that a request names by its alias, when this is the first time that it is named:
 * by DescribeKey, or by any request of an AWS service (KMS Developer Guide, "AWS managed keys"). If the request is
 * refused, the key has not been made either.
 */
export async function ensureManagedKey(
  operation: string,
  input: Record<string, unknown>,
  call: Call,
  rooms: Rooms,
): Promise<void> {
  if (operation !== 'DescribeKey' && call.caller.accessKey.viaService === undefined) return;
  const { accountId } = call.caller.principal;
  // A service that calls in its own name has no account for a key to be in.
  if (accountId === '') return;
  const location = { accountId, region: call.region };
  for (const member of ['KeyId', 'SourceKeyId', 'DestinationKeyId']) {
    const aliasName = aliasIn(input[member], location);
    const service = aliasName === undefined ? undefined : serviceOfAlias(aliasName);
    if (aliasName === undefined || !service) continue;
    if (call.transaction.get(aliases, place(location) + aliasName)) continue;
    await makeManagedKey(call, rooms, location, { aliasName, service });
  }
}

/** The alias of the own account and Region that a KeyId names. */
function aliasIn(keyId: unknown, { accountId, region }: KeyLocation): string | undefined {
  const parsed = typeof keyId === 'string' ? parseIdentifier(keyId) : undefined;
  if (parsed?.kind !== 'alias') return undefined;
  const { location = { accountId, region } } = parsed;
  return location.accountId === accountId && location.region === region ? parsed.aliasName : undefined;
}

async function makeManagedKey(
  call: Call,
  rooms: Rooms,
  location: KeyLocation,
  { aliasName, service }: { aliasName: string; service: ManagedKeyService },
): Promise<void> {
  const { transaction, time } = call;
  const draft = draftKey(call, location, {
    // Never one of the ids that a scenario has chosen for its own keys.
    keyId: uuid(rooms.randomness),
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    manager: 'AWS',
    description: `Default key that protects my ${service.protects} when no other key is defined`,
    policy: JSON.stringify(managedKeyPolicy(service, location), null, 2),
  });
  const key = await withMaterial(call, draft, rooms);
  storeKey(transaction, withAutomaticRotation(call, key, rotationPeriodInDays));
  putAlias(transaction, {
    ...location,
    name: aliasName,
    targetKeyId: key.keyId,
    created: time,
    updated: time,
  });
}
