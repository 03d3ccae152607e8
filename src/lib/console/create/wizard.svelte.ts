import { actor } from '$lib/cloud/actor.svelte.ts';
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

/** A key in the making: what has been chosen so far, and what follows from it. */
export class Wizard {
  #draft = $state.raw<KeyDraft>(blank);
  readonly tags = new ContextPairs({});
  administrators = $state<string[]>([]);
  users = $state<string[]>([]);
  adminsDelete = $state(true);
  /** The policy as written by hand; `undefined` while it follows from the choices. */
  ownPolicy = $state<string>();
  bypass = $state(false);

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

/** Without the white space that is only for reading; what is no JSON stays as it is, for KMS to judge. */
function compact(policy: string): string {
  try {
    return JSON.stringify(JSON.parse(policy));
  } catch {
    return policy;
  }
}
