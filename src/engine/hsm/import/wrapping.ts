import type { Bytes } from '../bytes.ts';
import type { Workbench } from '../command.ts';
import { asItIs, type Unwrapping } from '../domain.ts';
import type { WrappingAlgorithm, WrappingKeySpec } from '../hsm.ts';
import { generateMaterial } from '../material/generate-material.ts';
import type { Material } from '../material/material.ts';
import { rsaHandle, unwrapWithRsa } from './rsa-wrapping.ts';
import { unwrapWithSm2 } from './sm2-wrapping.ts';

/** The pairs that key material is wrapped with on its way here, over all their kinds. */

/** Which kind of key does what. */
export interface WrappingTerms {
  wrappingKeySpec: WrappingKeySpec;
  wrappingAlgorithm: WrappingAlgorithm;
}

export type WrappingPair = Required<Material>;

/**
 * Makes a pair. Its private half is extractable, so that it can be sealed.
 * @throws RangeError when a key of this spec does not do this algorithm
 */
export async function newWrappingPair(
  bench: Workbench,
  { wrappingKeySpec, wrappingAlgorithm }: WrappingTerms,
): Promise<WrappingPair> {
  // AWS KMS API Reference, GetParametersForImport, WrappingKeySpec.
  if ((wrappingKeySpec === 'SM2') !== (wrappingAlgorithm === 'SM2PKE')) {
    throw new RangeError(`A wrapping key ${wrappingKeySpec} is not for ${wrappingAlgorithm}.`);
  }
  const { key, publicKey } = await generateMaterial(wrappingKeySpec, bench);
  return { key, publicKey: publicKey! };
}

/** The handle that the private half of a pair is unsealed into. Web Crypto has none that could do SM2. */
export function handleOf(wrappingAlgorithm: WrappingAlgorithm): Unwrapping {
  return wrappingAlgorithm === 'SM2PKE' ? asItIs : rsaHandle(wrappingAlgorithm);
}

/** Opens wrapped material, in an array of its own, the caller's to wipe. `undefined`: it does not open. */
export function unwrapMaterial(
  wrappingAlgorithm: WrappingAlgorithm,
  privateKey: CryptoKey,
  wrapped: Uint8Array,
): Promise<Bytes | undefined> {
  return wrappingAlgorithm === 'SM2PKE'
    ? unwrapWithSm2(privateKey, wrapped)
    : unwrapWithRsa(privateKey, wrappingAlgorithm, wrapped);
}
