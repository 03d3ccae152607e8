import {
  blob,
  boolean,
  hidden,
  integer,
  list,
  oneOf,
  required,
  string,
  stringMap,
  structure,
  withDefault,
} from '../declaration/members.ts';
import { awsEnums } from './enums.ts';

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

/**
 * Attestation of a Nitro enclave or NitroTPM: the plaintext is to leave the module encrypted to its key alone.
 * CloudTrail tells of it in additionalEventData.
 */
export const recipient = () =>
  hidden(
    structure({
      KeyEncryptionAlgorithm: oneOf(awsEnums.KeyEncryptionMechanism),
      AttestationDocument: blob({ min: 1, max: 262_144 }),
    }),
  );

export const description = () => string({ min: 0, max: 8192 });

/** The shape takes more than the service does, which has a limit of 32 KiB. */
export const keyPolicy = () => string({ min: 1, max: 131_072 });

export const policyName = () => string({ min: 1, max: 128, pattern: '[\\w]+' });

export const tags = () =>
  list(
    structure({
      TagKey: required(string({ min: 1, max: 128 })),
      TagValue: required(string({ min: 0, max: 256 })),
    }),
  );

export const keyMaterialId = () => string({ min: 64, max: 64, pattern: '^[a-f0-9]+$' });

export const regionName = () => string({ min: 1, max: 32, pattern: '^([a-z]+-){2,3}\\d+$' });

export const customKeyStoreId = () => string({ min: 1, max: 64 });

export const dryRun = () => boolean();

/** `most` and `usual` are the operation's own page sizes. */
export const limit = (most: number, usual: number) => withDefault(usual, integer({ min: 1, max: most }));

export const marker = () => string({ min: 1, max: 1024, pattern: '^[\\u0020-\\u00FF]*$' });
