import type { DomainView } from '$engine/hsm/hsm.ts';

/**
 * The generation of a sealed key is the domain key that sealed it. What matters of it is its age: the active domain
 * key seals, those before it only open, and one that no module holds any more opens nothing.
 */
export type GenerationMark = 'active' | 'before' | 'older' | 'unknown';

export interface Generation {
  /** Id of the domain key. */
  id: string;
  region: string;
  mark: GenerationMark;
}

export const generationMarks: readonly GenerationMark[] = ['active', 'before', 'older', 'unknown'];

/**
 * Where a domain key stands among its Region's: `domains` is what the modules say of themselves. A key in no module's
 * memory is `unknown`, though the domain token may still hold it.
 */
export function generationOf(
  domainKeyId: string,
  region: string,
  domains: readonly DomainView[],
): Generation {
  const domain = domains.find((each) => each.region === region);
  const isHeld = domain?.members.some(({ domainKeys }) => domainKeys.includes(domainKeyId)) ?? false;
  const age = isHeld ? domain!.keys.findIndex(({ id }) => id === domainKeyId) : -1;
  return { id: domainKeyId, region, mark: markAt(age) };
}

function markAt(age: number): GenerationMark {
  if (age < 0) return 'unknown';
  return age === 0 ? 'active' : age === 1 ? 'before' : 'older';
}
