import { cloudClock, type CloudClock, type ClockState, type Pace } from '../clock/cloud-clock.ts';
import type { Clock } from '../clock/clock.ts';
import type { Randomness } from '../clock/randomness.ts';
import { seededRandomness } from '../clock/seeded-randomness.ts';
import type { WireReply } from '../gateway/reply.ts';
import type { Incoming } from '../gateway/wire.ts';
import type { Hsm } from '../hsm/hsm.ts';
import { foundingAccountId, foundPrincipals } from '../iam/founding.ts';
import type { RequestLimits } from '../kms/quotas/request-quotas.ts';
import { awsResourceQuotas, type ResourceQuotas } from '../kms/quotas/resource-quotas.ts';
import { foundAccounts, foundScenario } from '../scenario/found-scenario.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { Transaction, Vault } from '../vault/vault.ts';
import { foundKeys } from './found-keys.ts';
import {
  openFoundation,
  type Foundation,
  savedClock,
  saveClock,
  saveClockLater,
  writeClock,
  writeFoundation,
} from './foundation.ts';

/** How a new cloud is to be. An old one stays as it was founded. */
export interface FoundingOptions {
  /**
   * What key ids, key material, nonces and times are to follow from, so that the same requests get the same bytes.
   * Of RSA keys only the choice follows from it, out of a fixed few.
   */
  seed?: string;
  /** The account of the founding principals; a scenario says its own. */
  accountId?: string;
  /** Accounts, principals and keys that are there from the start, the clock, and quotas. */
  scenario?: Scenario;
}

/** The time, the chance and the measures by which a cloud lives: what is settled when it is founded or opened. */
export interface CloudLife {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly randomness: Randomness;
  readonly quotas: ResourceQuotas;
  /** Request quotas, once everything that a scenario wants made has been made. */
  readonly requestLimits: RequestLimits | undefined;
  readonly seed: string | undefined;
  /** What it was founded from, where that was a scenario. */
  readonly foundedFrom: Scenario | undefined;
  /** Key ids for the next keys. */
  readonly reservedKeyIds: string[];
  /** A request has come in. */
  tick(vault: Vault): void;
  /**
   * Moves the clock forward; `commit` stores what is written of it. If that fails, the clock has not moved.
   * @throws RangeError for a time that has passed, and for one beyond `endOfClocks`
   */
  moveTo(time: number, commit: (write: (transaction: Transaction) => void) => Promise<void>): Promise<void>;
  /** Goes on from the clock that the vault holds: after an undo it may be an earlier one. */
  takeUpClock(vault: Vault): void;
  /** Opens what the vault holds, or founds a cloud where it holds none. */
  begin(vault: Vault, options: FoundingOptions, answer: Answer): Promise<void>;
  /** Founds a cloud in an empty vault. */
  found(vault: Vault, options: FoundingOptions, answer: Answer): Promise<void>;
}

/** The cloud's door, for what a scenario wants made. */
type Answer = (incoming: Incoming) => Promise<WireReply>;

/** A seeded cloud begins at this time, and each request takes it a second further. */
const seededClock: ClockState = { pace: { secondsPerRequest: 1 }, value: Date.UTC(2026, 0, 1) };

const realClock: ClockState = { pace: 'real', value: 0 };

/** The life of a cloud that is still to be opened: until `begin`, time and chance are the machine's. */
export function cloudLife(machine: { hsm: Hsm; wallClock: Clock; randomness: Randomness }): CloudLife {
  const { hsm, wallClock } = machine;
  let clock: CloudClock = cloudClock(wallClock, realClock);
  let randomness = machine.randomness;
  let seed: string | undefined;
  let foundedFrom: Scenario | undefined;
  const quotas = { ...awsResourceQuotas };
  let requestLimits: RequestLimits | undefined;
  const reservedKeyIds: string[] = [];

  function live(state: ClockState, foundation: Foundation): void {
    const { starts, quotas: limits } = foundation;
    clock = cloudClock(wallClock, state);
    ({ seed, scenario: foundedFrom } = foundation);
    randomness = seed === undefined ? machine.randomness : seededRandomness(seed, `cloud, start ${starts}`);
    Object.assign(quotas, awsResourceQuotas, limits?.resources);
    requestLimits = undefined;
  }

  async function found(vault: Vault, options: FoundingOptions, answer: Answer): Promise<void> {
    const { scenario, accountId = foundingAccountId } = options;
    const { moduleId, seed: moduleSeed } = await hsm.view();
    const wanted = seedOf(options);
    if (wanted !== undefined && wanted !== moduleSeed) {
      throw new Error('The cryptographic module was not made from the seed that this cloud is to follow.');
    }
    const state = firstClock(scenario?.clock, moduleSeed !== undefined, wallClock);
    const foundation: Foundation = {
      version: 2,
      moduleId,
      time: cloudClock(wallClock, state).now(),
      starts: 1,
      isComplete: false,
      ...(moduleSeed !== undefined && { seed: moduleSeed }),
      ...(scenario?.quotas && { quotas: scenario.quotas }),
      ...(scenario && { scenario }),
    };
    live(state, foundation);
    await writeFoundation(vault, foundation);
    await saveClock(vault, clock.state);
    const circumstances = { randomness, time: clock.now(), accountId };
    await vault.transact('founding', (transaction) => {
      if (scenario) foundScenario(transaction, scenario, circumstances);
      else foundPrincipals(transaction, circumstances);
    });
    if (scenario) {
      await foundKeys(vault, scenario, { answer, reservedKeyIds, randomness, now: () => wallClock.now() });
      await vault.transact('founding', (transaction) => foundAccounts(transaction, scenario));
    }
    await writeFoundation(vault, { ...foundation, isComplete: true });
    requestLimits = foundation.quotas?.requests;
  }

  return {
    clock: { now: () => clock.now() },
    get pace() {
      return clock.state.pace;
    },
    randomness: { bytes: (length) => randomness.bytes(length) },
    quotas,
    get requestLimits() {
      return requestLimits;
    },
    get seed() {
      return seed;
    },
    get foundedFrom() {
      return foundedFrom;
    },
    reservedKeyIds,
    tick(vault) {
      clock.tick();
      if (typeof clock.state.pace === 'object') saveClockLater(vault, clock.state);
    },
    async moveTo(time, commit) {
      const before = clock.state;
      clock.moveTo(time);
      try {
        await commit((transaction) => writeClock(transaction, clock.state));
      } catch (error) {
        clock = cloudClock(wallClock, before);
        throw error;
      }
    },
    takeUpClock(vault) {
      clock = cloudClock(wallClock, savedClock(vault) ?? realClock);
    },
    async begin(vault, options, answer) {
      const known = await openFoundation(vault, hsm);
      if (!known) return found(vault, options, answer);
      live(savedClock(vault) ?? realClock, known);
      requestLimits = known.quotas?.requests;
    },
    found,
  };
}

/** The seed that the module of such a cloud is to be made from. */
export function seedOf({ seed, scenario }: FoundingOptions): string | undefined {
  return seed ?? scenario?.seed;
}

function firstClock(wanted: Scenario['clock'], isSeeded: boolean, wallClock: Clock): ClockState {
  const usual = isSeeded ? seededClock : realClock;
  const pace = wanted?.pace ?? usual.pace;
  const start = wanted?.start === undefined ? undefined : Date.parse(wanted.start);
  if (pace === 'real') return { pace, value: start === undefined ? 0 : start - wallClock.now() };
  return { pace, value: start ?? (isSeeded ? seededClock.value : wallClock.now()) };
}
