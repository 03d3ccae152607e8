import type { MessageType, SigningAlgorithm } from '../hsm/hsm.ts';
import type { AwsEnum } from './enums.ts';
import { invalidKeyUsage, invalidState, unsupported, validationError } from './errors.ts';
import { algorithmsOf, signingAlgorithms } from './key-specs.ts';
import { arnOfKey, type KeyRecord } from './records.ts';

interface SigningInput {
  Message: Uint8Array;
  MessageType: MessageType;
  SigningAlgorithm: AwsEnum<'SigningAlgorithm'>;
}

interface SigningTerms {
  algorithm: SigningAlgorithm;
  message: Uint8Array;
  messageType: MessageType;
}

/** What Sign and Verify hand to the module, once algorithm, message type and message fit the key. */
export function signingTerms(key: KeyRecord, input: SigningInput): SigningTerms {
  const { SigningAlgorithm: algorithm, MessageType: messageType, Message: message } = input;
  requireAlgorithm(key, algorithm);
  const { raw, digest, externalMu } = signingAlgorithms[algorithm];
  const length = messageType === 'DIGEST' ? digest : externalMu;
  const isTaken = messageType === 'RAW' ? raw : length !== undefined;
  if (!isTaken)
    throw validationError(`MessageType ${messageType} is not supported with algorithm ${algorithm}.`);
  if (messageType !== 'RAW' && message.length !== length) {
    throw validationError(`Digest is invalid length for algorithm ${algorithm}.`);
  }
  return { algorithm, message, messageType };
}

/** Throws InvalidKeyUsageException unless the key's spec and usage offer the algorithm. */
export function requireAlgorithm(key: KeyRecord, algorithm: string): void {
  if (!algorithmsOf(key).includes(algorithm)) {
    throw invalidKeyUsage(`Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
  }
}

/** DER SubjectPublicKeyInfo. Throws UnsupportedOperationException for keys that have no public half. */
export function publicKeyOf(key: KeyRecord): Uint8Array {
  if (key.publicKey) return key.publicKey;
  // The public half of imported material is known from its first import on.
  if (key.state === 'PendingImport') throw invalidState(`${arnOfKey(key)} is pending import.`);
  throw unsupported(`${arnOfKey(key)} key spec is ${key.spec} which is not valid for this operation.`);
}
