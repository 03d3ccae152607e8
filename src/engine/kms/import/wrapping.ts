import type { AwsError } from '../../errors/aws-error.ts';
import type { WrappingAlgorithm, WrappingKeySpec } from '../../hsm/hsm.ts';
import type { AwsEnum } from '../enums.ts';
import { invalidOrigin, unsupported } from '../errors.ts';
import { keySpecs } from '../key-specs.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';
import { isChina } from '../regions.ts';

/** How key material may be wrapped on its way in (KMS API Reference, GetParametersForImport, WrappingAlgorithm). */

type AlgorithmSpec = AwsEnum<'WrappingAlgorithm'>;

interface Wrapping {
  WrappingAlgorithm: AlgorithmSpec;
  WrappingKeySpec: WrappingKeySpec;
}

const direct = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const;
const hybrid = ['RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const;

/** Why no material can be imported into a key. */
export function unlessImported(key: KeyRecord): AwsError | undefined {
  return key.origin === 'EXTERNAL' ? undefined : invalidOrigin(arnOfKey(key), key.origin);
}

/** The wrapping algorithm, or UnsupportedOperationException where the key's material cannot be wrapped so. */
export function wrappingFor(key: KeyRecord, wrapping: Wrapping): WrappingAlgorithm {
  const { WrappingAlgorithm: algorithm, WrappingKeySpec: wrappingKey } = wrapping;
  if (wrappingKey === 'SM2' && !isChina(key.region)) {
    throw unsupported(`WrappingKeySpec SM2 is not supported in ${key.region}.`);
  }
  if (algorithm === 'RSAES_PKCS1_V1_5') {
    throw unsupported('WrappingAlgorithm RSAES_PKCS1_V1_5 is not supported.');
  }
  if ((wrappingKey === 'SM2') !== (algorithm === 'SM2PKE')) {
    throw unsupported(
      `WrappingAlgorithm ${algorithm} is not compatible with WrappingKeySpec ${wrappingKey}.`,
    );
  }
  const fits: readonly AlgorithmSpec[] = algorithmsFor(key);
  if (!fits.includes(algorithm) || isTooLong(key, wrapping)) {
    throw unsupported(
      `WrappingAlgorithm ${algorithm} with WrappingKeySpec ${wrappingKey} is not supported for KeySpec ${key.spec}.`,
    );
  }
  return algorithm;
}

function algorithmsFor({ spec }: KeyRecord): readonly WrappingAlgorithm[] {
  if (keySpecs[spec].kind !== 'asymmetric') return direct;
  if (spec.startsWith('RSA_')) return hybrid;
  return spec === 'SM2' ? [...hybrid, 'SM2PKE'] : [...direct, ...hybrid];
}

/** A P-521 private key does not fit into one RSA-2048 block. */
function isTooLong({ spec }: KeyRecord, { WrappingAlgorithm, WrappingKeySpec }: Wrapping): boolean {
  const isDirect = (direct as readonly string[]).includes(WrappingAlgorithm);
  return spec === 'ECC_NIST_P521' && WrappingKeySpec === 'RSA_2048' && isDirect;
}
