import { AwsError } from '../errors/aws-error.ts';
import type { Call } from '../service/service.ts';
import type { CipherSide, EncryptionAlgorithm, EncryptionContext, HsmResult, Refusal } from '../hsm/hsm.ts';
import { backingKeyOf } from './ciphertext.ts';
import { invalidCiphertext, invalidKeyUsage, notImplemented, validationError } from './errors.ts';
import { keySpecs } from './key-specs.ts';
import { arnOfKey, type KeyRecord } from './records.ts';
import { fetchToken } from './tokens.ts';

/** What a client is told when the module refuses. */
const refusals: Record<Refusal, (key: KeyRecord | undefined) => AwsError> = {
  CIPHERTEXT_REJECTED: invalidCiphertext,
  SIGNATURE_REJECTED: () => new AwsError('KMSInvalidSignatureException'),
  TOKEN_REJECTED: (key) =>
    new AwsError(
      'KeyUnavailableException',
      `The key material of ${key ? arnOfKey(key) : 'the key'} does not open under any domain key of the module.`,
      500,
    ),
};

/** Takes over the module's own steps, and turns its refusal into the error that AWS answers with. */
export function accept<Output>(
  call: Call,
  result: HsmResult<Output>,
  key?: KeyRecord,
): Extract<HsmResult<Output>, { ok: true }> {
  call.trace.append(result.steps);
  if (!result.ok) throw refusals[result.refusal](key);
  return result as Extract<HsmResult<Output>, { ok: true }>;
}

/**
 * Gathers what the module needs for one side of an Encrypt, Decrypt or ReEncrypt. For a decryption,
 * `ciphertext` tells which backing key made it; otherwise the current one is taken.
 */
export function cipherSide(
  call: Call,
  key: KeyRecord,
  { algorithm, context, ciphertext }: CipherTerms,
): CipherSide {
  checkAlgorithm(key, algorithm);
  if (algorithm !== 'SYMMETRIC_DEFAULT' && context && Object.keys(context).length > 0) {
    throw validationError('EncryptionContext is not supported with asymmetric KMS keys.');
  }
  return {
    token: fetchToken(call, key, ciphertext && backingKeyOf(call, key, ciphertext)),
    algorithm,
    context: context ?? {},
    ...(key.publicKey && { publicKey: key.publicKey }),
  };
}

interface CipherTerms {
  algorithm: EncryptionAlgorithm | 'SM2PKE';
  context: EncryptionContext | undefined;
  ciphertext?: Uint8Array;
}

/** An algorithm must be one that the key's spec offers for the key's usage. */
function checkAlgorithm(
  key: KeyRecord,
  algorithm: EncryptionAlgorithm | 'SM2PKE',
): asserts algorithm is EncryptionAlgorithm {
  if (algorithm === 'SM2PKE') throw notImplemented('EncryptionAlgorithm SM2PKE');
  if (!keySpecs[key.spec].usages.ENCRYPT_DECRYPT?.includes(algorithm)) {
    throw invalidKeyUsage(`Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
  }
}

/** CloudTrail tells which backing key did it, for symmetric keys. */
export function auditMaterial(call: Call, key: KeyRecord, materialId: string): void {
  if (key.spec === 'SYMMETRIC_DEFAULT') call.audit.additionalEventData = { keyMaterialId: materialId };
}
