import { bytesToHex } from '@noble/hashes/utils.js';
import { uuid } from '../../clock/randomness.ts';
import { makeAgreementKey, makeSigningKey, type Forge, type Forged } from '../long-lived-keys.ts';
import type { MemberKeys, StoredMember } from '../store/domain-record.ts';
import type { Secret } from '../store/store.ts';
import type { MemberEntry } from './roster.ts';
import type { Workshop } from './workshop.ts';

/** A module as it comes from where modules are prepared: with a serial number and keys of its own, in no domain yet. */
export type NewModule = Pick<StoredMember, 'name' | 'place' | 'serialNumber'> & { keys: MemberKeys };

const serialNumberLength = 6;

export async function newModule(
  workshop: Workshop,
  { name, place }: Pick<StoredMember, 'name' | 'place'>,
): Promise<NewModule> {
  const serialNumber = bytesToHex(workshop.randomness(`${name} serial number`).bytes(serialNumberLength));
  const [agreement, signing] = await Promise.all([
    newSecret(workshop, `${name} agreement key`, makeAgreementKey),
    newSecret(workshop, `${name} signing key`, makeSigningKey),
  ]);
  return { name, place, serialNumber: serialNumber.toUpperCase(), keys: { agreement, signing } };
}

/**
 * A key with an id. In a module with a seed too, the platform makes it: such a key leaves no trace in what comes out of
 * the modules, and all that it protects follows from the seed.
 */
export async function newSecret(
  workshop: Workshop,
  label: string,
  make: (forge: Forge) => Promise<Forged>,
): Promise<Secret> {
  const id = uuid(workshop.randomness(label));
  const { extractable, now, stock } = workshop;
  const makeIt = () => make({ extractable, seeded: undefined });
  return { id, created: now, ...(await (stock ? stock(label, makeIt) : makeIt())) };
}

/** What others know of a module. */
export function entryOf({ name, place, serialNumber, keys }: NewModule): MemberEntry {
  return {
    ...{ name, place, serialNumber },
    agreementKey: bytesToHex(keys.agreement.public!),
    signingKey: bytesToHex(keys.signing.public!),
  };
}
