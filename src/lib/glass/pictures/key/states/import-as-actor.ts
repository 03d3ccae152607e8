import type { KeyAnatomy } from '$engine/look/look.ts';
import { actor, type Answer } from '$lib/cloud/actor.svelte.ts';
import { importMaterial, type ImportType } from './import-material.ts';

/** What `ImportForm` makes: the material, and in how many days it is to expire; without them it does not. */
export interface BroughtMaterial {
  bytes: Uint8Array<ArrayBuffer>;
  days?: number;
}

/** Imports material into a key, in the name of whoever the learner acts as. */
export function importAsActor(
  { keyArn, region }: Pick<KeyAnatomy, 'keyArn' | 'region'>,
  { bytes, days }: BroughtMaterial,
  terms: { importType?: ImportType } = {},
): Promise<Answer> {
  return importMaterial((...request) => actor.ask(region, ...request), keyArn, bytes, {
    ...terms,
    ...(days !== undefined && { validTo: actor.now + days * 86_400_000 }),
  });
}
