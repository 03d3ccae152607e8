import { actor } from '$lib/cloud/actor.svelte.ts';
import { useLook } from '$lib/glass/state/useLook.svelte.ts';
import { operations } from '$lib/operations/operations.ts';
import type { PrincipalsView } from '$engine/look/look.ts';
import type { Schema } from './editor/schema-parts.ts';
import { policySchema } from './editor/schema.ts';
import type { PolicyWorld } from './lint/finding.ts';
import { actionFacts } from './knowledge/actions.ts';

/** What the editor knows of the cloud in which a policy is to hold. */
export interface PolicyKnowledge {
  /** Absent until the cloud has told who there is. */
  readonly world: PolicyWorld | undefined;
  readonly schema: Schema;
}

const actions = actionFacts(operations);

/** Asks the cloud who there is, and asks again when something happens. Call it while a component is being made. */
export function usePolicyKnowledge(accountId: () => string): PolicyKnowledge {
  const seen = useLook('principals', () => ({}));
  // Every request gives a new answer, and mostly the same one: what follows from it is costly.
  const told = $derived(seen.value && JSON.stringify(seen.value.principals));
  const people = $derived(told === undefined ? [] : (JSON.parse(told) as PrincipalsView['principals']));
  const world = $derived(
    told === undefined ? undefined : { accountId: accountId(), principals: people, actions },
  );
  const schema = $derived(
    policySchema({ principals: people, accountId: accountId(), operations, region: actor.region }),
  );
  return {
    get world() {
      return world;
    },
    get schema() {
      return schema;
    },
  };
}
