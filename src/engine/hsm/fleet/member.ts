import type { Randomness } from '../../clock/randomness.ts';
import { Domain } from '../domain.ts';
import type { MemberView } from '../hsm.ts';
import type { StoredMember } from '../store/domain-record.ts';
import type { Secret } from '../store/store.ts';
import { isGenuine, openDomainKeys, readToken, type DomainKey, type DomainState } from './domain-token.ts';
import type { Stock } from './workshop.ts';

/** What modules work with that is not their own. */
export interface Surroundings {
  randomness: Randomness;
  stock?: Stock;
}

/** What a module takes from a token into its volatile memory. */
export interface Accepted {
  stored: StoredMember;
  domain: Domain;
  domainKeys: string[];
}

/**
 * A member takes a token: of its own domain, signed by a member that it knows, and no older than what it has, so that
 * nobody can roll a domain back by handing it an old state.
 * @param replaces whether the token must be newer than the last, as one that changes the domain is
 * @returns `undefined` when it does not
 */
export async function accept(
  stored: StoredMember,
  token: Uint8Array,
  { region, legacy, replaces }: { region: string; legacy: readonly Secret[]; replaces: boolean },
  { randomness, stock }: Surroundings,
): Promise<Accepted | undefined> {
  const state = readToken(token);
  if (state === undefined || state.region !== region) return undefined;
  if (state.generation < stored.generation + (replaces ? 1 : 0)) return undefined;
  if (!(await isGenuine(token, state, stored.knows.members))) return undefined;
  const open = (): Promise<DomainKey[] | undefined> => openDomainKeys(stored, state, false);
  const keys = await (stock ? stock(`${stored.serialNumber} ${state.ephemeralKey}`, open) : open());
  if (keys === undefined) return undefined;
  const active = keys.find((key) => key.state === 'active');
  const deactivated = keys.filter((key) => key.state === 'deactivated');
  return {
    stored: afterAccepting(stored, state),
    domain: new Domain(active, [...deactivated, ...legacy], randomness),
    domainKeys: [...keys, ...legacy].map(({ id }) => id),
  };
}

/** What a module keeps of a token that it has accepted. */
export function afterAccepting(stored: StoredMember, { generation, roster }: DomainState): StoredMember {
  return { ...stored, generation, knows: roster };
}

/** A module at work. */
export class Member {
  readonly about: Pick<MemberView, 'name' | 'place' | 'state' | 'serialNumber'>;
  /** Its volatile memory; none without power. */
  readonly domain: Domain | undefined;
  readonly #domainKeys: string[];
  commands: number;

  /** @param commands how many it has served before, if it is not new */
  constructor(
    { name, place, state, serialNumber }: StoredMember,
    accepted: Pick<Accepted, 'domain' | 'domainKeys'> | undefined,
    commands = 0,
  ) {
    this.about = { name, place, state, serialNumber };
    this.domain = accepted?.domain;
    this.#domainKeys = accepted?.domainKeys ?? [];
    this.commands = commands;
  }

  view(): MemberView {
    return {
      ...this.about,
      commands: this.commands,
      handles: this.domain?.handles ?? 0,
      domainKeys: this.#domainKeys,
    };
  }
}
