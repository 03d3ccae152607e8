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

/** Where a domain key stands among its Region's: `domains` is what the modules say of themselves. */
export function generationOf(
  domainKeyId: string,
  region: string,
  domains: readonly DomainView[],
): Generation {
  const keys = domains.find((domain) => domain.region === region)?.keys ?? [];
  return { id: domainKeyId, region, mark: markAt(keys.findIndex(({ id }) => id === domainKeyId)) };
}

function markAt(age: number): GenerationMark {
  if (age < 0) return 'unknown';
  return age === 0 ? 'active' : age === 1 ? 'before' : 'older';
}
