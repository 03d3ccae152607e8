import type { KeyAnatomy, StoredToken } from '$engine/look/look.ts';
import { regionIn } from '../../key/name/arn-parts.ts';
import { fallsWith, type Mishap, type Victim } from './rules.ts';

/** How far a mishap reaches, counted from the cloud's real state. */
export interface Reach {
  sealedKeys: number;
  kmsKeys: number;
  /** Among the requests whose traces are kept. */
  ciphertexts: number;
  regions: string[];
}

export interface Surroundings {
  key: KeyAnatomy;
  materialId: string;
  domainKeyId: string | undefined;
  /** All sealed keys of the key's Region. */
  tokens: readonly StoredToken[];
}

/** The sealed keys that have a copy under this domain key. */
export function sealedUnder(tokens: readonly StoredToken[], domainKeyId: string | undefined): StoredToken[] {
  if (domainKeyId === undefined) return [];
  return tokens.filter(({ copies }) => copies.some((copy) => copy.domainKeyId === domainKeyId));
}

/** All Regions in which a key's material is. */
export function regionsOf({ region, multiRegion }: Pick<KeyAnatomy, 'region' | 'multiRegion'>): string[] {
  return multiRegion ? [multiRegion.primaryRegion, ...multiRegion.replicaRegions] : [region];
}

export function reachOf(
  victim: Victim,
  mishap: Mishap,
  { key, materialId, domainKeyId, tokens }: Surroundings,
): Reach {
  const nothing = { sealedKeys: 0, kmsKeys: 0, ciphertexts: 0, regions: [] };
  if (fallsWith(victim, mishap).length === 0) return nothing;
  // Lost here, it is still there; leaked here, it is leaked everywhere.
  const regions = mishap === 'leaked' && victim !== 'credentials' ? regionsOf(key) : [key.region];
  const made = key.materials.find((material) => material.materialId === materialId)?.ciphertexts ?? 0;
  switch (victim) {
    case 'domain-key': {
      const under = sealedUnder(tokens, domainKeyId);
      return {
        sealedKeys: under.length,
        kmsKeys: new Set(under.map(({ keyArn }) => keyArn)).size,
        ciphertexts: under.reduce((sum, { ciphertexts = 0 }) => sum + ciphertexts, 0),
        regions: [...new Set(under.map(({ keyArn }) => regionIn(keyArn)))],
      };
    }
    case 'backing-key':
      return { sealedKeys: 1, kmsKeys: 1, ciphertexts: made, regions };
    case 'per-call-key':
    case 'data-key':
      return { ...nothing, ciphertexts: 1, regions };
    case 'credentials':
      return {
        ...nothing,
        kmsKeys: 1,
        ciphertexts: key.materials.reduce((sum, { ciphertexts }) => sum + ciphertexts, 0),
        regions,
      };
  }
}
