import type { Clock } from '../clock/clock.ts';
import { uuid, type Randomness } from '../clock/randomness.ts';
import { seededRandomness } from '../clock/seeded-randomness.ts';
import { Domain, nowhere } from './domain.ts';
import type { DomainView } from './hsm.ts';
import { makeDomainKey, type Forge, type Forged } from './long-lived-keys.ts';
import { regionOf } from './region.ts';
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
}

/** Names a new module. */
export function newFounding({ randomness }: Platform, seed: string | undefined): Founding {
  if (seed === undefined) return { moduleId: uuid(randomness) };
  return { moduleId: uuid(seededRandomness(seed, 'module id')), seed };
}

/**
 * One module at work, from its founding until it is zeroised: its domains, and the keys that its store keeps.
 * Zeroising puts another in its place; commands under way finish with the old one, and what that remembers goes
 * with it.
 */
export class ModuleMemory {
  readonly founding: Founding;
  /** Follows from the seed, where there is one, and from the number of the start, so that nothing is drawn twice. */
  readonly randomness: Randomness;
  readonly seeded: boolean;
  readonly #platform: Platform;
  readonly #secrets: Map<string, Secret>;
  readonly #domains = new Map<string, Domain>();

  constructor(platform: Platform, { founding, starts, secrets }: Kept) {
    this.founding = founding;
    this.seeded = founding.seed !== undefined;
    this.randomness =
      founding.seed === undefined ? platform.randomness : seededRandomness(founding.seed, `start ${starts}`);
    this.#platform = platform;
    this.#secrets = new Map(secrets);
    for (const [name, secret] of secrets) {
      const region = regionOfDomainKey(name);
      if (region !== undefined) this.#join(region, secret);
    }
  }

  /**
   * The domain of the Region that a KMS key is in. At once, when it is in memory, as awaiting costs each call time;
   * its domain key is made when it is first needed. What is no ARN of a KMS key is in no domain.
   */
  domainOf(keyArn: string): Domain | Promise<Domain> {
    const region = regionOf(keyArn);
    if (region === undefined) return nowhere;
    return this.#domains.get(region) ?? this.#found(region);
  }

  async #found(region: string): Promise<Domain> {
    const key = await this.secret(secretNames.domainKey(region), makeDomainKey);
    return this.#domains.get(region) ?? this.#join(region, key);
  }

  #join(region: string, key: Secret): Domain {
    const shared = this.#secrets.get(secretNames.sharedDomainKey);
    const domain = new Domain(key, shared ? [shared] : [], this.randomness);
    this.#domains.set(region, domain);
    return domain;
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

  /** The domains that have been needed so far. */
  views(): DomainView[] {
    return [...this.#domains.keys()].map((region) => {
      const { id, created } = this.#secrets.get(secretNames.domainKey(region))!;
      return {
        region,
        domainKeyId: id,
        created,
        keys: [{ id, created, state: 'active' as const }],
        members: [],
        operators: [],
        rules: [],
        token: { generation: 0, made: created, bytes: 0 },
      };
    });
  }
}
