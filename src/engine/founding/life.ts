import { cloudClock, type CloudClock, type ClockState } from '../clock/cloud-clock.ts';
import type { Clock } from '../clock/clock.ts';
import type { Randomness } from '../clock/randomness.ts';
import { seededRandomness } from '../clock/seeded-randomness.ts';
import type { Hsm } from '../hsm/hsm.ts';
import { foundPrincipals } from '../iam/founding.ts';
import { awsResourceQuotas, type ResourceQuotas } from '../kms/quotas/resource-quotas.ts';
import type { Vault } from '../vault/vault.ts';
import { openFoundation, savedClock, saveClock, saveClockLater, writeFoundation } from './foundation.ts';

/** How a new cloud is to be. An old one stays as it was founded. */
export interface FoundingOptions {
  /**
   * What key ids, key material, nonces and times are to follow from, so that the same requests get the same bytes.
   * Of RSA keys only the choice follows from it, out of a fixed few.
   */
  seed?: string;
  /** The account of the founding principals. */
  accountId?: string;
}

/** The time, the chance and the measures by which a cloud lives: what is settled when it is founded or opened. */
export interface CloudLife {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly quotas: ResourceQuotas;
  readonly seed: string | undefined;
  /** Key ids for the next keys. */
  readonly reservedKeyIds: string[];
  /** A request has come in. */
  tick(vault: Vault): void;
  moveTo(vault: Vault, time: number): Promise<void>;
  /** Opens what the vault holds, or founds a cloud where it holds none. */
  begin(vault: Vault, options: FoundingOptions): Promise<void>;
  /** Founds a cloud in an empty vault. */
  found(vault: Vault, options: FoundingOptions): Promise<void>;
}

/** A seeded cloud begins at this time, and each request takes it a second further. */
const seededClock: ClockState = { pace: { secondsPerRequest: 1 }, value: Date.UTC(2026, 0, 1) };

const realClock: ClockState = { pace: 'real', value: 0 };

/** The life of a cloud that is still to be opened: until `begin`, time and chance are the machine's. */
export function cloudLife(machine: { hsm: Hsm; wallClock: Clock; randomness: Randomness }): CloudLife {
  const { hsm, wallClock } = machine;
  let clock: CloudClock = cloudClock(wallClock, realClock);
  let randomness = machine.randomness;
  let seed: string | undefined;
  const quotas = { ...awsResourceQuotas };
  const reservedKeyIds: string[] = [];

  function live(state: ClockState, newSeed: string | undefined, starts: number): void {
    clock = cloudClock(wallClock, state);
    seed = newSeed;
    randomness = seed === undefined ? machine.randomness : seededRandomness(seed, `cloud, start ${starts}`);
  }

  async function found(vault: Vault, options: FoundingOptions): Promise<void> {
    const { moduleId, seed: moduleSeed } = await hsm.view();
    if (options.seed !== undefined && options.seed !== moduleSeed) {
      throw new Error('The cryptographic module was not made from the seed that this cloud is to follow.');
    }
    live(moduleSeed === undefined ? realClock : seededClock, moduleSeed, 1);
    const record = {
      version: 2 as const,
      moduleId,
      time: clock.now(),
      starts: 1,
      ...(seed !== undefined && { seed }),
    };
    await writeFoundation(vault, { ...record, isComplete: false });
    await saveClock(vault, clock.state);
    await vault.transact('founding', (transaction) => {
      const { accountId } = options;
      foundPrincipals(transaction, {
        randomness,
        time: clock.now(),
        ...(accountId !== undefined && { accountId }),
      });
    });
    await writeFoundation(vault, { ...record, isComplete: true });
  }

  return {
    clock: { now: () => clock.now() },
    randomness: { bytes: (length) => randomness.bytes(length) },
    quotas,
    get seed() {
      return seed;
    },
    reservedKeyIds,
    tick(vault) {
      clock.tick();
      if (typeof clock.state.pace === 'object') saveClockLater(vault, clock.state);
    },
    async moveTo(vault, time) {
      clock.moveTo(time);
      await saveClock(vault, clock.state);
    },
    async begin(vault, options) {
      const known = await openFoundation(vault, hsm);
      if (known) live(savedClock(vault) ?? realClock, known.seed, known.starts);
      else await found(vault, options);
    },
    found,
  };
}
