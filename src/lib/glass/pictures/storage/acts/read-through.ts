import type { KeyLine } from '$engine/look/look.ts';
import type { KmsInput, KmsOperation, KmsOutput } from '$lib/cloud/kms.ts';
import type { Answer } from '$lib/cloud/actor.svelte.ts';

/**
 * Which request of AWS makes the storage layer hand out a key's sealed key. `undefined`: no single request from here
 * does, as the other side's public key would be needed.
 */
export function readingOperation({ spec, usage }: Pick<KeyLine, 'spec' | 'usage'>) {
  switch (usage) {
    case 'ENCRYPT_DECRYPT':
      return spec === 'SYMMETRIC_DEFAULT' ? ('Encrypt' as const) : ('Decrypt' as const);
    case 'SIGN_VERIFY':
      return 'Sign' as const;
    case 'GENERATE_VERIFY_MAC':
      return 'GenerateMac' as const;
    default:
      return undefined;
  }
}

/** Sends one operation, as whoever acts. */
export type Ask = <Name extends KmsOperation>(
  operation: Name,
  input: KmsInput<Name>,
) => Promise<Answer<KmsOutput<Name>>>;

const message = new TextEncoder().encode('Read through');

/**
 * Uses a key once, so that its sealed key is read from storage: what it encrypts, it decrypts again.
 * @returns the answers in order, up to the first that is a refusal
 */
export async function readThrough(ask: Ask, key: KeyLine): Promise<Answer[]> {
  const { spec, keyArn: KeyId } = key;
  switch (readingOperation(key)) {
    case 'Encrypt':
    case 'Decrypt': {
      const algorithm = encryptionAlgorithm(spec);
      const sealed = await ask('Encrypt', { KeyId, Plaintext: message, ...algorithm });
      if (sealed.kind !== 'done') return [sealed];
      const { CiphertextBlob } = sealed.output;
      return [sealed, await ask('Decrypt', { KeyId, CiphertextBlob, ...algorithm })];
    }
    case 'Sign':
      return [await ask('Sign', { KeyId, Message: message, SigningAlgorithm: signingAlgorithm(spec) })];
    case 'GenerateMac': {
      const MacAlgorithm = spec.replace('HMAC_', 'HMAC_SHA_') as 'HMAC_SHA_256';
      return [await ask('GenerateMac', { KeyId, Message: message, MacAlgorithm })];
    }
    default:
      return [];
  }
}

function encryptionAlgorithm(spec: KeyLine['spec']) {
  if (spec === 'SYMMETRIC_DEFAULT') return {};
  return { EncryptionAlgorithm: spec === 'SM2' ? 'SM2PKE' : 'RSAES_OAEP_SHA_256' } as const;
}

/** One algorithm that a key of this spec can sign with. */
function signingAlgorithm(spec: KeyLine['spec']) {
  if (spec.startsWith('RSA_')) return 'RSASSA_PSS_SHA_256';
  if (spec.startsWith('ML_DSA')) return 'ML_DSA_SHAKE_256';
  if (spec === 'SM2') return 'SM2DSA';
  if (spec === 'ECC_NIST_EDWARDS25519') return 'ED25519_SHA_512';
  if (spec === 'ECC_NIST_P384') return 'ECDSA_SHA_384';
  return spec === 'ECC_NIST_P521' ? 'ECDSA_SHA_512' : 'ECDSA_SHA_256';
}
