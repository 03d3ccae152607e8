import { bytesToHex } from '@noble/hashes/utils.js';
import type { Clock } from '../clock/clock.ts';
import { uuid, type Randomness } from '../clock/randomness.ts';
import { seededRandomness } from '../clock/seeded-randomness.ts';
import { nowhere } from './domain.ts';
import type { DomainKey } from './fleet/domain-token.ts';
import { Fleet, type Serving } from './fleet/fleet.ts';
import { firstKeyLabel, newDomain, newOperators } from './fleet/new-domain.ts';
import type { Stock, Workshop } from './fleet/workshop.ts';
import type { DomainView } from './hsm.ts';
import type { Forge, Forged } from './long-lived-keys.ts';
import { regionOf } from './region.ts';
import type { StoredDomain, StoredOperator } from './store/domain-record.ts';
import {
  regionOfDomainKey,
  secretNames,
  type Founding,
  type HsmStore,
  type Kept,
  type Secret,
} from './store/store.ts';

/** What a module is built on. */
export interface Platform {
  store: HsmStore;
  clock: Clock;
  /** Nonces, IVs, salts, data keys and ids of a module without a seed. */
  randomness: Randomness;
  /**
   * For tests that found many modules, which spend most of that time on elliptic curves: lets new domains be the same,
   * with their members and keys. Absent: each has its own. Ignored by a store that keeps bytes.
   */
  stock?: Stock;
}

/** Names a new module. */
export function newFounding({ randomness }: Platform, seed: string | undefined): Founding {
  if (seed === undefined) return { moduleId: uuid(randomness) };
  return { moduleId: uuid(seededRandomness(seed, 'module id')), seed };
}

const notInAnyDomain: Serving = { domain: nowhere };

/**
 * The modules of all Regions at work, from their founding until they are zeroised: their domains, and the keys that
 * their store keeps. Zeroising puts another memory in its place; commands under way finish with the old one, and what
 * that remembers goes with it.
 */
export class ModuleMemory {
  readonly founding: Founding;
  /** How often the module has been started, this time included. */
  readonly starts: number;
  /** Follows from the seed, where there is one, and from the number of the start, so that nothing is drawn twice. */
  readonly randomness: Randomness;
  readonly seeded: boolean;
  readonly #platform: Platform;
  readonly #secrets: Map<string, Secret>;
  readonly #stored: ReadonlyMap<string, StoredDomain>;
  /** By Region, in the order in which they were needed. */
  readonly #fleets = new Map<string, Fleet>();
  readonly #opening = new Map<string, Promise<Fleet>>();
  #operators: Promise<StoredOperator[]> | undefined;

  constructor(platform: Platform, { founding, starts, secrets, domains }: Kept) {
    this.founding = founding;
    this.starts = starts;
    this.seeded = founding.seed !== undefined;
    this.randomness =
      founding.seed === undefined ? platform.randomness : seededRandomness(founding.seed, `start ${starts}`);
    this.#platform = platform;
    this.#secrets = new Map(secrets);
    this.#stored = domains;
  }

  /**
   * The module that is to run a command about a KMS key, of its Region's domain. At once, when the domain is at work,
   * as awaiting costs each call time; a domain is founded when it is first needed. What is no ARN of a KMS key is in no
   * domain. `undefined`: no module is in service.
   */
  serve(keyArn: string): Serving | undefined | Promise<Serving | undefined> {
    const region = regionOf(keyArn);
    if (region === undefined) return notInAnyDomain;
    const fleet = this.#fleets.get(region);
    return fleet === undefined ? this.#open(region).then((opened) => opened.serve()) : fleet.serve();
  }

  /** A Region's domain. `undefined`: none was ever needed there. */
  fleetOf(region: string): Promise<Fleet> | undefined {
    return this.regions().includes(region) ? this.#open(region) : undefined;
  }

  /** What no module of the Region is to remember any more. One that is not at work remembers nothing. */
  forget(region: string, materialId: string): void {
    this.#fleets.get(region)?.forget(materialId);
  }

  /** The domains that have been needed so far. */
  async views(): Promise<DomainView[]> {
    const fleets = await Promise.all(this.regions().map((region) => this.#open(region)));
    return fleets.map((fleet) => fleet.view());
  }

  /** Domains kept, those whose key is from before there were fleets, and those that this start has founded. */
  regions(): string[] {
    const fromBefore = [...this.#secrets.keys()]
      .map(regionOfDomainKey)
      .filter((region) => region !== undefined);
    return [...new Set([...this.#stored.keys(), ...fromBefore, ...this.#opening.keys()])];
  }

  #open(region: string): Promise<Fleet> {
    const known = this.#opening.get(region);
    if (known !== undefined) return known;
    const opening = this.#start(region);
    this.#opening.set(region, opening);
    // What has failed may go well the next time.
    opening.catch(() => this.#opening.delete(region));
    return opening;
  }

  async #start(region: string): Promise<Fleet> {
    const stored = this.#stored.get(region) ?? (await this.#found(region));
    const keep = (next: StoredDomain) => this.#platform.store.keepDomain(this.founding.moduleId, next);
    const fleet = await Fleet.open(stored, { randomness: this.randomness, ...this.#stock }, keep);
    this.#fleets.set(region, fleet);
    return fleet;
  }

  async #found(region: string): Promise<StoredDomain> {
    const own = secretNames.domainKey(region);
    const legacy = [own, secretNames.sharedDomainKey].flatMap((name) => this.#secrets.get(name) ?? []);
    const make = async () => newDomain(region, this.#foundingOf(own), await this.#people(), legacy);
    const { stock } = this.#stock;
    const hour = Math.floor(this.#platform.clock.now() / 3_600_000);
    const label = `domain of ${region}, ${hour} ${this.founding.seed ?? ''}`;
    const domain = await (stock && legacy.length === 0 ? stock(label, make) : make());
    const kept = await this.#platform.store.keepDomain(this.founding.moduleId, domain, [own]);
    this.#secrets.delete(own);
    this.#operators = Promise.resolve(kept.operators);
    return kept;
  }

  /** A Region's domain with these keys, as one that is just founded. Not kept, and not at work. */
  async newDomain(region: string, keys: Promise<readonly DomainKey[]>): Promise<StoredDomain> {
    const workshop = this.#foundingOf(secretNames.domainKey(region));
    return newDomain(region, workshop, await this.#people(), [], keys);
  }

  /** The same people look after the modules of all Regions. */
  #people(): Promise<StoredOperator[]> {
    const known = [...this.#stored.values()][0]?.operators;
    this.#operators ??= known
      ? Promise.resolve(known)
      : newOperators(this.#founding((label) => `secret ${label}`));
    return this.#operators;
  }

  /** The first domain key has the name of its Region alone. */
  #foundingOf(name: string): Workshop {
    return this.#founding((label) => `secret ${name}${label === firstKeyLabel ? '' : ` ${label}`}`);
  }

  #founding(stream: (label: string) => string): Workshop {
    return { ...this.#workshop(stream), ...this.#stock };
  }

  get #stock(): { stock?: Stock } {
    const { stock, store } = this.#platform;
    return stock && !store.keepsBytes ? { stock } : {};
  }

  /** What a domain is changed with: no two changes draw the same. */
  workshop(): Workshop {
    const change = this.seeded ? bytesToHex(this.randomness.bytes(16)) : '';
    return this.#workshop((label) => `change ${change} ${label}`);
  }

  #workshop(stream: (label: string) => string): Workshop {
    const { seed } = this.founding;
    const { clock, randomness, store } = this.#platform;
    return {
      ...{ now: clock.now(), extractable: store.keepsBytes, seeded: this.seeded },
      randomness: (label) => (seed === undefined ? randomness : seededRandomness(seed, stream(label))),
    };
  }

  /** One of the module's own keys, by its name in the store; made with `make` when there is none yet. */
  async secret(name: string, make: (forge: Forge) => Promise<Forged>): Promise<Secret> {
    const known = this.#secrets.get(name);
    if (known !== undefined) return known;
    const { store } = this.#platform;
    const secret = await store.establish(this.founding.moduleId, name, (extractable) =>
      this.#make(name, extractable, make),
    );
    this.#secrets.set(name, secret);
    return secret;
  }

  /** With a seed, a key follows from its name alone: who needs it first, and when, makes no difference. */
  async #make(name: string, extractable: boolean, make: (forge: Forge) => Promise<Forged>): Promise<Secret> {
    const { seed } = this.founding;
    const { clock, randomness } = this.#platform;
    const seeded = seed === undefined ? undefined : seededRandomness(seed, `secret ${name}`);
    const id = uuid(seeded ?? randomness);
    return { id, created: clock.now(), ...(await make({ extractable, seeded })) };
  }
}
