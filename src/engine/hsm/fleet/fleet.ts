import type { Domain } from '../domain.ts';
import type { DomainView, FleetResult, Watched } from '../hsm.ts';
import type { StoredDomain, StoredMember } from '../store/domain-record.ts';
import { HsmStoreError } from '../store/store.ts';
import { stateOf, type Change } from './change.ts';
import type { DomainState } from './domain-token.ts';
import { accept, Member, type Surroundings } from './member.ts';
import { tokenAccepted } from './steps.ts';

/** The module that a command runs in. */
export interface Serving {
  /** `hsm-a` …; absent where no module has to do with a command. */
  module?: string;
  domain: Domain;
}

/** Puts a domain's next state in the place of its last one; gives it as it is kept. */
export type Keep = (next: StoredDomain) => Promise<StoredDomain>;

/** One Region's domain at work: its modules, of which each can serve any command. */
export class Fleet {
  #stored: StoredDomain;
  #state: DomainState;
  #members: readonly Member[];
  #inService: readonly Member[] = [];
  #turn = 0;
  readonly #surroundings: Surroundings;
  readonly #keep: Keep;
  /** One change after the other, as each starts from the state that the last one has left. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    stored: StoredDomain,
    members: readonly Member[],
    surroundings: Surroundings,
    keep: Keep,
  ) {
    this.#stored = stored;
    this.#state = stateOf(stored);
    this.#members = members;
    this.#surroundings = surroundings;
    this.#keep = keep;
    this.#takePlaces();
  }

  /**
   * Switches a domain's modules on; those in service take the domain keys from the token.
   * @throws HsmStoreError when one of them does not accept the token that the store has
   */
  static async open(stored: StoredDomain, surroundings: Surroundings, keep: Keep): Promise<Fleet> {
    const members = (await atWork(stored, surroundings, false)).map(({ member }) => member);
    return new Fleet(stored, members, surroundings, keep);
  }

  get operators(): StoredDomain['operators'] {
    return this.#stored.operators;
  }

  /** The module whose turn it is. `undefined`: none is in service. */
  serve(): Serving | undefined {
    const member = this.#inService[this.#turn++ % this.#inService.length];
    if (member === undefined) return undefined;
    member.commands++;
    return { module: member.about.name, domain: member.domain! };
  }

  /** Every module lets go of what it remembers of a backing key. */
  forget(materialId: string): void {
    for (const { domain } of this.#members) domain?.forget(materialId);
  }

  /** Carries a command to the domain out. Atomic: store and modules have either all of it or nothing. */
  change<Output>(
    work: (domain: StoredDomain) => Change<Output> | Promise<Change<Output>>,
    { watched }: Watched,
  ): Promise<FleetResult<Output>> {
    return this.inTurn(async (stored): Promise<FleetResult<Output>> => {
      const change = await work(stored);
      const steps = watched ? change.steps : [];
      if (!change.ok) return { ok: false, refusal: change.refusal, steps };
      const accepting = await this.#become({ ...change.next, revision: stored.revision + 1 });
      if (watched && accepting.length > 0) steps.push(tokenAccepted(accepting));
      return { ok: true, ...change.output, steps };
    });
  }

  /** Works with the domain's state while nobody changes it. */
  inTurn<Result>(work: (domain: StoredDomain) => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(() => work(this.#stored));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** @returns the names of the modules that have taken a new token */
  async #become(next: StoredDomain): Promise<string[]> {
    const isNewToken = next.token !== this.#stored.token;
    const working = isNewToken
      ? await atWork(next, this.#surroundings, true, this.#members)
      : next.members.map((stored, index) => ({ stored, member: this.#stillAtWork(stored, index) }));
    this.#stored = await this.#keep({ ...next, members: working.map(({ stored }) => stored) });
    this.#state = stateOf(this.#stored);
    this.#members = working.map(({ member }) => member);
    this.#takePlaces();
    return isNewToken ? this.#inService.map(({ about }) => about.name) : [];
  }

  #stillAtWork(stored: StoredMember, index: number): Member {
    const before = this.#members[index]!;
    const hasFailed = stored.state !== before.about.state;
    return hasFailed ? new Member(stored, undefined, before.commands) : before;
  }

  #takePlaces(): void {
    this.#inService = this.#members.filter(({ domain }) => domain !== undefined);
  }

  view(): DomainView {
    const { region, token, legacy, operators } = this.#stored;
    const { domainKeys, generation, made, roster } = this.#state;
    const keys = [
      ...domainKeys.map(({ id, created, state }) => ({ id, created, state })),
      ...legacy.map(({ id, created }) => ({ id, created, state: 'deactivated' as const })),
    ];
    const { id, created } = keys.find(({ state }) => state === 'active')!;
    return {
      ...{ region, domainKeyId: id, created, keys },
      members: this.#members.map((member) => member.view()),
      operators: operators.map(({ name, role }) => ({ name, role })),
      rules: roster.rules,
      token: { generation, made, bytes: token.length },
    };
  }
}

/** The members, those in service with what they take from the token. */
function atWork(
  { region, token, legacy, members }: StoredDomain,
  surroundings: Surroundings,
  replaces: boolean,
  before: readonly Member[] = [],
): Promise<{ member: Member; stored: StoredMember }[]> {
  return Promise.all(
    members.map(async (stored) => {
      const commands = before.find(({ about }) => about.serialNumber === stored.serialNumber)?.commands;
      if (stored.state !== 'in-service') return { stored, member: new Member(stored, undefined, commands) };
      const accepted = await accept(stored, token, { region, legacy, replaces }, surroundings);
      if (accepted === undefined) {
        throw new HsmStoreError(`The module ${stored.name} of ${region} does not accept the domain token.`);
      }
      return { stored: accepted.stored, member: new Member(stored, accepted, commands) };
    }),
  );
}
