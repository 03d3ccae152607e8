import { bytesToHex } from '@noble/hashes/utils.js';
import { uuid } from '../../clock/randomness.ts';
import { makeDomainKey, makeSigningKey } from '../long-lived-keys.ts';
import type { StoredDomain, StoredMember, StoredOperator } from '../store/domain-record.ts';
import type { Secret } from '../store/store.ts';
import { writeToken, type DomainKey } from './domain-token.ts';
import { entryOf, newModule, newSecret } from './new-module.ts';
import { people, places, rules, type Roster } from './roster.ts';
import type { Workshop } from './workshop.ts';

/** The people who look after modules, each with a token that signs. */
export function newOperators(workshop: Workshop): Promise<StoredOperator[]> {
  return Promise.all(
    people.map(async (person) => ({
      ...person,
      signing: await newSecret(workshop, `operator ${person.name}`, makeSigningKey),
    })),
  );
}

/**
 * A new domain key in the only moment in which it can be exported: until it is wrapped into a token, from which each
 * member opens it as a handle that cannot.
 */
export async function newDomainKey(workshop: Workshop, label: string): Promise<DomainKey> {
  const randomness = workshop.randomness(label);
  const id = uuid(randomness);
  const { key } = await makeDomainKey({
    extractable: true,
    seeded: workshop.seeded ? randomness : undefined,
  });
  return { id, created: workshop.now, state: 'active', key };
}

/** The label of a Region's first domain key. */
export const firstKeyLabel = 'domain key';

/**
 * Founds a Region's domain: four modules, introduced to each other where they were prepared, and a first token, which
 * the first of them writes.
 * @param legacy domain keys from before
 * @param keys the domain's keys, newest first, where it is not to have a new one
 */
export async function newDomain(
  region: string,
  workshop: Workshop,
  operators: StoredOperator[],
  legacy: Secret[],
  keys: Promise<readonly DomainKey[]> = newDomainKey(workshop, firstKeyLabel).then((first) => [first]),
): Promise<StoredDomain> {
  const modules = await Promise.all(places.map((place) => newModule(workshop, place)));
  const roster: Roster = {
    members: modules.map(entryOf),
    operators: operators.map(({ name, role, signing }) => ({
      ...{ name, role, signingKey: bytesToHex(signing.public!) },
    })),
    rules,
  };
  const members = modules.map((module): StoredMember => {
    const state = module.place === 'safe' ? 'offline' : 'in-service';
    return { ...module, state, generation: 0, knows: roster };
  });
  const token = await writeToken(members[0]!, { region, generation: 1, roster }, await keys, workshop);
  return { region, revision: 1, token, members, operators, legacy };
}
