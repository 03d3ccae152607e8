import {
  about,
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

export const keyId = () => about('The key, by its key id or key ARN.', string({ min: 1, max: 2048 }));

export const aliasName = () =>
  about(
    'The name of the alias, beginning with alias/, such as alias/payroll.',
    string({ min: 1, max: 256, pattern: '^[a-zA-Z0-9:/_-]+$' }),
  );

/** Tokens are credentials of a kind, so CloudTrail never shows them. */
export const grantTokens = () =>
  about(
    'Tokens of new grants that may not have taken effect everywhere yet.',
    hidden(list(string({ min: 1, max: 8192 }), { min: 0, max: 10 })),
  );

export const encryptionContext = () =>
  about(
    'Pairs of names and values, not secret, that are bound to the ciphertext: to decrypt it, you must name the very same pairs.',
    stringMap(),
  );

export const encryptionAlgorithm = () =>
  about(
    'How it is encrypted; the key must be of a kind that can do it.',
    withDefault('SYMMETRIC_DEFAULT', oneOf(awsEnums.EncryptionAlgorithm)),
  );

export const ciphertext = () => about('The ciphertext, as KMS gave it.', blob({ min: 1, max: 6144 }));

export const message = () =>
  about('The message, at most 4096 bytes; of a longer one, its digest.', blob({ min: 1, max: 4096 }));

export const messageType = () =>
  about(
    'Whether you send the message itself (RAW), its digest, or for ML-DSA its 64-byte representative (EXTERNAL_MU).',
    withDefault('RAW', oneOf(awsEnums.MessageType)),
  );

export const signingAlgorithm = () =>
  about('The signature scheme; DescribeKey lists those of a key.', oneOf(awsEnums.SigningAlgorithm));

/**
 * Attestation of a Nitro enclave or NitroTPM: the plaintext is to leave the module encrypted to its key alone.
 * CloudTrail tells of it in additionalEventData.
 */
export const recipient = () =>
  about(
    'The attestation document of a Nitro enclave: what is secret is then encrypted to its public key instead of being given in plaintext.',
    hidden(
      structure({
        KeyEncryptionAlgorithm: about(
          'How it is encrypted to the enclave’s key.',
          oneOf(awsEnums.KeyEncryptionMechanism),
        ),
        AttestationDocument: about(
          'The signed document, in which the enclave’s public key stands.',
          blob({ min: 1, max: 262_144 }),
        ),
      }),
    ),
  );

export const description = () =>
  about('What the key is for, in your own words; not a place for secrets.', string({ min: 0, max: 8192 }));

/** The shape takes more than the service does, which has a limit of 32 KiB. */
export const keyPolicy = () =>
  about(
    'The key policy, a JSON document of at most 32 KiB that says who may do what with the key.',
    string({ min: 1, max: 131_072 }),
  );

export const policyName = () =>
  about(
    'The name of the key policy; the only valid one is default.',
    string({ min: 1, max: 128, pattern: '[\\w]+' }),
  );

export const tags = () =>
  about(
    'Labels of a name and a value each, which policies can refer to; not a place for secrets.',
    list(
      structure({
        TagKey: about('The name of the tag.', required(string({ min: 1, max: 128 }))),
        TagValue: about('Its value, which may be empty.', required(string({ min: 0, max: 256 }))),
      }),
    ),
  );

export const keyMaterialId = () =>
  about(
    'The id of one key material of the key: 64 hexadecimal digits.',
    string({ min: 64, max: 64, pattern: '^[a-f0-9]+$' }),
  );

export const regionName = () => string({ min: 1, max: 32, pattern: '^([a-z]+-){2,3}\\d+$' });

export const customKeyStoreId = () =>
  about('The custom key store, by its id, which begins with cks-.', string({ min: 1, max: 64 }));

export const dryRun = () =>
  about(
    'Only check whether you may: nothing is done, and the answer is DryRunOperationException where it would have been.',
    boolean(),
  );

/** `most` and `usual` are the operation's own page sizes. */
export const limit = (most: number, usual: number) =>
  about(
    'How many entries a page of the list has at most.',
    withDefault(usual, integer({ min: 1, max: most })),
  );

export const marker = () =>
  about(
    'Where the list goes on: NextMarker of the page before.',
    string({ min: 1, max: 1024, pattern: '^[\\u0020-\\u00FF]*$' }),
  );
