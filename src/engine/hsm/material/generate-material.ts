import type { BackingKeySpec } from '../hsm.ts';
import { familyOf } from './families.ts';
import type { Material, Source } from './material.ts';

/**
 * Makes a key. In a module with a seed all but RSA keys follow from the bench's randomness; RSA keys are chosen by
 * it. In any other, the platform's generator makes each key that Web Crypto knows.
 */
export function generateMaterial(spec: BackingKeySpec, bench: Source): Promise<Material> {
  return familyOf(spec).generate(spec, bench);
}
