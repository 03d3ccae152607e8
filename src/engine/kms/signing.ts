import type { MessageType, SigningAlgorithm } from '../hsm/hsm.ts';
import { invalidKeyUsage, unsupported, validationError } from './errors.ts';
import { digestLengths, keySpecs, type awsEnums } from './key-specs.ts';
import { arnOfKey, type KeyRecord } from './records.ts';

interface SigningInput {
  Message: Uint8Array;
  MessageType: (typeof awsEnums.MessageType)[number];
  SigningAlgorithm: (typeof awsEnums.SigningAlgorithm)[number];
}

interface SigningTerms {
  algorithm: SigningAlgorithm;
  message: Uint8Array;
  messageType: MessageType;
}

/** What Sign and Verify hand to the module, once algorithm, message type and message fit the key. */
export function signingTerms(key: KeyRecord, input: SigningInput): SigningTerms {
  const { SigningAlgorithm: algorithm, MessageType: messageType, Message: message } = input;
  if (!offers(key, algorithm)) {
    throw invalidKeyUsage(`Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
  }
  if (messageType === 'EXTERNAL_MU') {
    throw validationError(`MessageType EXTERNAL_MU is not supported with algorithm ${algorithm}.`);
  }
  if (messageType === 'DIGEST' && message.length !== digestLengths[algorithm]) {
    throw validationError(`Digest is invalid length for algorithm ${algorithm}.`);
  }
  return { algorithm, message, messageType };
}

function offers(key: KeyRecord, algorithm: string): algorithm is SigningAlgorithm {
  const offered: readonly string[] = keySpecs[key.spec].usages.SIGN_VERIFY ?? [];
  return offered.includes(algorithm);
}

/** DER SubjectPublicKeyInfo. Throws UnsupportedOperationException for keys that have no public half. */
export function publicKeyOf(key: KeyRecord): Uint8Array {
  if (!key.publicKey) {
    throw unsupported(`${arnOfKey(key)} key spec is ${key.spec} which is not valid for this operation.`);
  }
  return key.publicKey;
}
