import type { Step } from '../../trace/trace.ts';
import type { FleetRefusal } from '../hsm.ts';
import type { StoredDomain, StoredMember } from '../store/domain-record.ts';
import { HsmStoreError } from '../store/store.ts';
import {
  isGenuine,
  openDomainKeys,
  readToken,
  writeToken,
  type DomainKey,
  type DomainState,
} from './domain-token.ts';
import type { Workshop } from './workshop.ts';

/** What a command to a domain would make of it; nothing is changed before the store has it. */
export type Change<Output> =
  | { ok: true; next: Omit<StoredDomain, 'revision'>; output: Output; steps: Step[] }
  | { ok: false; refusal: FleetRefusal; steps: Step[] };

export function unchanged(refusal: FleetRefusal, steps: Step[] = []): Change<never> {
  return { ok: false, refusal, steps };
}

/** The member that writes tokens: the first in service. */
export function authorIn({ members }: StoredDomain): StoredMember | undefined {
  return members.find(({ state }) => state === 'in-service');
}

/** @throws HsmStoreError when the store's token is none */
export function stateOf({ token, region }: StoredDomain): DomainState {
  const state = readToken(token);
  if (state === undefined) throw new HsmStoreError(`The domain token of ${region} is damaged.`);
  return state;
}

/**
 * A member opens the domain keys of the token in force so that they can be exported, as `wrapKey` takes no others: only
 * to wrap them again at once.
 * @throws HsmStoreError when the store's token is not the domain's, or does not open
 */
export async function openTokenInForce(domain: StoredDomain, author: StoredMember): Promise<DomainKey[]> {
  const state = stateOf(domain);
  // Not against the members that the author knows: it may have been in its safe while others joined. Then a quorum
  // has vouched for this very token.
  const isInForce =
    state.generation >= author.generation && (await isGenuine(domain.token, state, state.roster.members));
  const keys = isInForce ? await openDomainKeys(author, state, true) : undefined;
  if (keys === undefined) throw new HsmStoreError(`The domain token of ${domain.region} does not open.`);
  return keys;
}

/** A member opens the token in force, changes what is in it, and writes the next one. */
export async function nextToken(
  domain: StoredDomain,
  author: StoredMember,
  workshop: Workshop,
  change: {
    roster?: DomainState['roster'];
    keys?: (keys: DomainKey[]) => DomainKey[] | Promise<DomainKey[]>;
  },
): Promise<Uint8Array> {
  const state = stateOf(domain);
  const keys = await openTokenInForce(domain, author);
  const next = {
    region: domain.region,
    generation: state.generation + 1,
    roster: change.roster ?? state.roster,
  };
  return writeToken(author, next, (await change.keys?.(keys)) ?? keys, workshop);
}
