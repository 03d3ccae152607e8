import { actor } from '$lib/cloud/actor.svelte.ts';
import type { Fault } from '$lib/cloud/attempt.svelte.ts';
import { ContextPairs } from '$lib/context/context-pairs.svelte.ts';
import { createKeyInput, fitted, type KeyDraft } from './draft.ts';
import { keyPolicyOf } from './key-policy.ts';

const blank: KeyDraft = {
  usage: 'ENCRYPT_DECRYPT',
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  multiRegion: false,
  customKeyStoreId: '',
  xksKeyId: '',
  alias: '',
  description: '',
  tags: [],
};

/** What came of a wizard: a key. */
export interface Made {
  arn: string;
  requestId: string | undefined;
  /** The key is there all the same. */
  aliasFault: Fault | undefined;
}

/** A key in the making: what has been chosen so far, and what follows from it. */
export class Wizard {
  /** Index of the step that is shown. */
  step = $state(0);
  made = $state.raw<Made>();
  #draft = $state.raw<KeyDraft>(blank);
  readonly tags = new ContextPairs({});
  administrators = $state<string[]>([]);
  users = $state<string[]>([]);
  adminsDelete = $state(true);
  /** The policy as written by hand; `undefined` while it follows from the choices. */
  ownPolicy = $state<string>();
  bypass = $state(false);

  /** Whether there is anything that starting over would undo. */
  get isBegun(): boolean {
    return this.step > 0 || JSON.stringify(this.#draft) !== JSON.stringify(blank);
  }

  get draft(): KeyDraft {
    return { ...this.#draft, tags: this.tags.list };
  }

  /** Changes some choices; what no longer fits with them changes as well. */
  choose(change: Partial<KeyDraft>): void {
    this.#draft = fitted({ ...this.#draft, ...change }, actor.region);
  }

  fit(region: string): void {
    const next = fitted(this.#draft, region);
    if (JSON.stringify(next) !== JSON.stringify(this.#draft)) this.#draft = next;
  }

  get policy(): string {
    return this.ownPolicy ?? JSON.stringify(this.#policyOfChoices(), null, 2);
  }

  /** What differs from the choices is somebody's own. */
  set policy(written: string) {
    if (written !== this.policy) this.ownPolicy = written;
  }

  get input() {
    return {
      ...createKeyInput(this.draft, compact(this.policy)),
      ...(this.bypass && { BypassPolicyLockoutSafetyCheck: true }),
    };
  }

  #policyOfChoices() {
    const { spec, usage, origin, multiRegion } = this.#draft;
    const { administrators, users, adminsDelete } = this;
    return keyPolicyOf({
      accountId: actor.identity?.accountId ?? '',
      partition: actor.identity?.arn.split(':')[1] ?? 'aws',
      keySpec: spec,
      keyUsage: usage,
      origin,
      multiRegion,
      administrators,
      users,
      adminsDelete,
    });
  }
}

let wizard = $state.raw(new Wizard());

/** The key in the making, which stays while one looks elsewhere; after it is made, the next one. */
export const making = {
  get wizard(): Wizard {
    return wizard;
  },
  renew(): void {
    wizard = new Wizard();
  },
};

/** Without the white space that is only for reading; what is no JSON stays as it is, for KMS to judge. */
function compact(policy: string): string {
  try {
    return JSON.stringify(JSON.parse(policy));
  } catch {
    return policy;
  }
}
