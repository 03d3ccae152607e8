import { AwsError } from '../errors/aws-error.ts';
import type { Call, Work } from '../service/service.ts';
import type { CipherSide, EncryptionAlgorithm, EncryptionContext, HsmResult, Refusal } from '../hsm/hsm.ts';
import { backingKeyOf } from './ciphertext.ts';
import { invalidCiphertext, validationError } from './errors.ts';
import { keySpecs } from './key-specs.ts';
import { arnOfKey, reportedMaterialId, type KeyRecord } from './records.ts';
import { requireAlgorithm } from './signing.ts';
import { fetchToken } from './tokens.ts';

/** A key with the algorithm that it encrypts by. */
interface Encrypting {
  key: KeyRecord;
  algorithm: EncryptionAlgorithm;
}

/** What a client is told when the module refuses. `into` is where a ReEncrypt was going. */
const refusals: Record<Refusal, (key: KeyRecord | undefined, into: Encrypting | undefined) => AwsError> = {
  CIPHERTEXT_REJECTED: invalidCiphertext,
  SIGNATURE_REJECTED: () => new AwsError('KMSInvalidSignatureException'),
  MAC_REJECTED: () => new AwsError('KMSInvalidMacException'),
  PLAINTEXT_UNFIT: (_key, into) => (into ? tooLong(into) : validationError('The plaintext does not fit.')),
  PUBLIC_KEY_REJECTED: (key) =>
    validationError(
      `PublicKey is not a valid DER-encoded X.509 public key${key ? ` for key spec ${key.spec}` : ''}.`,
    ),
  IMPORT_TOKEN_REJECTED: () => new AwsError('InvalidImportTokenException'),
  IMPORT_TOKEN_EXPIRED: () => new AwsError('ExpiredImportTokenException'),
  MATERIAL_UNFIT: () => new AwsError('IncorrectKeyMaterialException'),
  ATTESTATION_REJECTED: () => validationError('The attestation document is not valid.'),
  // AWS: KMSInternalException is the server fault that every operation has, and that may be tried again.
  MODULE_UNAVAILABLE: () =>
    new AwsError('KMSInternalException', 'No cryptographic module of this Region is in service.', 500),
  TOKEN_REJECTED: (key) =>
    new AwsError(
      'KeyUnavailableException',
      `The key material of ${key ? arnOfKey(key) : 'the key'} does not open under any domain key of the module.`,
      500,
    ),
};

/** Takes over the module's own steps, and turns its refusal into the error that AWS answers with. */
export function accept<Output>(
  { trace }: Pick<Work, 'trace'>,
  result: HsmResult<Output>,
  key?: KeyRecord,
  into?: Encrypting,
): Extract<HsmResult<Output>, { ok: true }> {
  trace.append(result.steps);
  if (!result.ok) throw refusals[result.refusal](key, into);
  return result;
}

/** Most plaintext bytes that the key takes by this algorithm. */
export function plaintextLimit({ key, algorithm }: Encrypting): number {
  return keySpecs[key.spec].maxPlaintext?.[algorithm] ?? 0;
}

export function tooLong(encrypting: Encrypting): AwsError {
  const { key, algorithm } = encrypting;
  return validationError(
    `Algorithm ${algorithm} and key spec ${key.spec} cannot encrypt data larger than ${plaintextLimit(encrypting)} bytes.`,
  );
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
  requireAlgorithm(key, algorithm);
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
  algorithm: EncryptionAlgorithm;
  context: EncryptionContext | undefined;
  ciphertext?: Uint8Array;
}

/** CloudTrail tells which backing key did it, for symmetric keys. */
export function auditMaterial(call: Call, key: KeyRecord, materialId: string): void {
  const keyMaterialId = reportedMaterialId(key, materialId);
  if (keyMaterialId !== undefined) addToAudit(call, { keyMaterialId });
}

/** Adds members to the additionalEventData of the call's CloudTrail record. */
export function addToAudit(call: Call, data: NonNullable<Call['audit']['additionalEventData']>): void {
  call.audit.additionalEventData = { ...call.audit.additionalEventData, ...data };
}
