import { wipe } from '../bytes.ts';
import type { MlDsaSpec, MlKemSpec } from '../hsm.ts';
import { keyFormats } from './key-formats.ts';
import type { Family } from './material.ts';
import { spkiOf } from './public-key.ts';
import { rawHandle } from './raw-handle.ts';

/**
 * ML-DSA (FIPS 204) and ML-KEM (FIPS 203). Keys are sealed as the seeds that they follow from: ξ, 32 bytes, and
 * d ‖ z, 64 bytes. AWS imports none of them.
 */
export const postQuantum: Family<MlDsaSpec | MlKemSpec> = {
  async generate(spec, { randomness }) {
    const seed = randomness.bytes(keyFormats[spec].privateLength);
    try {
      const { keygen } = isMlDsa(spec) ? await loadMlDsa(spec) : await loadMlKem(spec);
      const { publicKey, secretKey } = keygen(seed);
      wipe(secretKey);
      return { key: await rawHandle(seed), publicKey: spkiOf(spec, publicKey) };
    } finally {
      wipe(seed);
    }
  },
};

function isMlDsa(spec: MlDsaSpec | MlKemSpec): spec is MlDsaSpec {
  return spec.startsWith('ML_DSA');
}

/** Loaded when first needed. */
export async function loadMlDsa(spec: MlDsaSpec) {
  const { ml_dsa44, ml_dsa65, ml_dsa87 } = await import('@noble/post-quantum/ml-dsa.js');
  return { ML_DSA_44: ml_dsa44, ML_DSA_65: ml_dsa65, ML_DSA_87: ml_dsa87 }[spec];
}

/** Loaded when first needed. */
export async function loadMlKem(spec: MlKemSpec) {
  const { ml_kem512, ml_kem768, ml_kem1024 } = await import('@noble/post-quantum/ml-kem.js');
  return { ML_KEM_512: ml_kem512, ML_KEM_768: ml_kem768, ML_KEM_1024: ml_kem1024 }[spec];
}
