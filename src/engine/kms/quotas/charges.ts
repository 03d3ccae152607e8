import type { AwsEnum } from '../enums.ts';
import type { KeyRecord } from '../records.ts';
import type { SharedQuota } from './request-rates.ts';

/** One request drawn from a quota. */
export interface Charge {
  /** An operation's name, or a shared quota's. */
  quota: string;
  /** The custom key store whose own quota it is. */
  of?: string;
}

/** Operations that use key material and have no rates of their own, with the quota that they draw on without a key. */
const cryptographic: ReadonlySet<string> = new Set([
  'Decapsulate',
  'Decrypt',
  'DeriveSharedSecret',
  'Encapsulate',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GenerateRandom',
  'ReEncrypt',
  'Sign',
  'Verify',
  'VerifyMac',
]);

/** What a request names, as far as it is there. */
interface Named {
  KeyPairSpec?: AwsEnum<'DataKeyPairSpec'> | undefined;
  /** Id of a custom key store that is asked for itself, not for a key in it. */
  store?: string | undefined;
  keys: readonly KeyRecord[];
}

/**
 * The quotas that a request counts against: the operation's own, and for cryptography those of the kinds of keys that
 * it uses, each once (KMS Developer Guide, "Throttling AWS KMS requests").
 */
export function chargesOf(operation: string, named: Named): Charge[] {
  const charges = new Map<string, Charge>([[operation, { quota: operation }]]);
  for (const charge of sharedCharges(operation, named)) {
    charges.set(`${charge.quota}/${charge.of ?? ''}`, charge);
  }
  return [...charges.values()];
}

function sharedCharges(operation: string, { KeyPairSpec, store, keys }: Named): Charge[] {
  if (KeyPairSpec !== undefined) return [shared(`GenerateDataKeyPair (${KeyPairSpec})`)];
  if (!cryptographic.has(operation)) return [];
  if (operation === 'GenerateRandom' && store !== undefined) return [shared('Custom key store', store)];
  // Whatever names no key and no store that there is, counts as a request about the commonest kind.
  return keys.length === 0 ? [shared('Cryptographic operations (symmetric)')] : keys.map(chargeOfKey);
}

function chargeOfKey({ spec, customKeyStore }: KeyRecord): Charge {
  if (customKeyStore) return shared('Custom key store', customKeyStore.id);
  if (spec.startsWith('RSA_')) return shared('Cryptographic operations (RSA)');
  if (spec.startsWith('ECC_') || spec === 'SM2') return shared('Cryptographic operations (ECC)');
  if (spec.startsWith('ML_DSA_')) return shared('Cryptographic operations (ML-DSA)');
  if (spec.startsWith('ML_KEM_')) return shared('Cryptographic operations (ML-KEM)');
  return shared('Cryptographic operations (symmetric)');
}

function shared(quota: SharedQuota, of?: string): Charge {
  return { quota, ...(of !== undefined && { of }) };
}
