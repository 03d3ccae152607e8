import {
  blob,
  boolean,
  hidden,
  integer,
  list,
  oneOf,
  string,
  stringMap,
  structure,
  withDefault,
} from '../declaration/members.ts';
import { awsEnums } from './key-specs.ts';

/** Members that several KMS operations share, each with AWS's constraints said once. */

export const keyId = () => string({ min: 1, max: 2048 });

export const aliasName = () => string({ min: 1, max: 256, pattern: '^[a-zA-Z0-9:/_-]+$' });

/** Tokens are credentials of a kind, so CloudTrail never shows them. */
export const grantTokens = () => hidden(list(string({ min: 1, max: 8192 }), { min: 0, max: 10 }));

export const encryptionContext = () => stringMap();

export const encryptionAlgorithm = () =>
  withDefault('SYMMETRIC_DEFAULT', oneOf(awsEnums.EncryptionAlgorithm));

export const ciphertext = () => blob({ min: 1, max: 6144 });

export const message = () => blob({ min: 1, max: 4096 });

export const messageType = () => withDefault('RAW', oneOf(awsEnums.MessageType));

export const signingAlgorithm = () => oneOf(awsEnums.SigningAlgorithm);

/** Attestation of a Nitro enclave. Declared so that it is refused rather than ignored. */
export const recipient = () =>
  structure({
    KeyEncryptionAlgorithm: oneOf(['RSAES_OAEP_SHA_256']),
    AttestationDocument: blob({ min: 1, max: 262_144 }),
  });

export const dryRun = () => boolean();

/** `most` and `usual` are the operation's own page sizes. */
export const limit = (most: number, usual: number) => withDefault(usual, integer({ min: 1, max: most }));

export const marker = () => string({ min: 1, max: 1024, pattern: '^[\\u0020-\\u00FF]*$' });
