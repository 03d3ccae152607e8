import type { MessageType, SigningAlgorithm } from '../hsm.ts';
import type { Message } from './scheme.ts';

/** Bytes of a message of this type; `any` number of a raw one. */
type Lengths = Partial<Record<MessageType, number | 'any'>>;

const hashed = (digest: number): Lengths => ({ RAW: 'any', DIGEST: digest });

/** What each algorithm takes (AWS KMS API Reference, Sign, MessageType). */
const lengths: Record<SigningAlgorithm, Lengths> = {
  RSASSA_PSS_SHA_256: hashed(32),
  RSASSA_PSS_SHA_384: hashed(48),
  RSASSA_PSS_SHA_512: hashed(64),
  RSASSA_PKCS1_V1_5_SHA_256: hashed(32),
  RSASSA_PKCS1_V1_5_SHA_384: hashed(48),
  RSASSA_PKCS1_V1_5_SHA_512: hashed(64),
  ECDSA_SHA_256: hashed(32),
  ECDSA_SHA_384: hashed(48),
  ECDSA_SHA_512: hashed(64),
  ED25519_SHA_512: { RAW: 'any' },
  ED25519_PH_SHA_512: { DIGEST: 64 },
  ML_DSA_SHAKE_256: { RAW: 'any', EXTERNAL_MU: 64 },
  SM2DSA: hashed(32),
};

/** @throws RangeError for a type that the algorithm does not take, and for another length than that type has */
export function requireFitting({ algorithm, message, messageType }: Message): void {
  const length = lengths[algorithm][messageType];
  if (length === undefined) throw new RangeError(`${algorithm} signs no message of type ${messageType}.`);
  if (length !== 'any' && message.length !== length) {
    throw new RangeError(
      `For ${algorithm} a message of type ${messageType} has ${length} bytes, not ${message.length}.`,
    );
  }
}
