import {
  AlreadyExistsException,
  DisabledException,
  IncorrectKeyException,
  InvalidAliasNameException,
  InvalidCiphertextException,
  InvalidKeyUsageException,
  InvalidMarkerException,
  type KMS,
  KMSInvalidSignatureException,
  KMSServiceException,
  type KeyUsageType,
  NotFoundException,
  UnsupportedOperationException,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud, pooledRsa } from '../support/cloud.ts';

/** Each row is one request that KMS refuses, and how. Rows are independent: each has a cloud of its own. */
interface Row {
  when: string;
  does: (world: World) => Promise<unknown>;
  /** The SDK's class; KMSServiceException where the service model has none. */
  class?: abstract new (...args: never[]) => KMSServiceException;
  name: string;
  /** Whole text, with `<key>` for the ARN of the symmetric key. The SDK shows an empty one as `UnknownError`. */
  message: string | RegExp;
}

interface World {
  cloud: Cloud;
  ada: KMS;
  /** ARN of a symmetric key, and bytes that it encrypted with the context `{a: 'b'}`. */
  key: string;
  ciphertext: Uint8Array;
}

const unknownId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const account = 'arn:aws:kms:us-east-1:111122223333';
const x = new Uint8Array([120]);
const EncryptionContext = { a: 'b' };

const rows: Row[] = [
  {
    when: 'no such key id',
    does: ({ ada }) => ada.encrypt({ KeyId: unknownId, Plaintext: x }),
    class: NotFoundException,
    name: 'NotFoundException',
    message: `Key '${account}:key/${unknownId}' does not exist`,
  },
  {
    when: 'no such key ARN',
    does: ({ ada }) => ada.describeKey({ KeyId: `${account}:key/${unknownId}` }),
    class: NotFoundException,
    name: 'NotFoundException',
    message: `Key '${account}:key/${unknownId}' does not exist`,
  },
  {
    when: 'a key id of no known form',
    does: ({ ada }) => ada.describeKey({ KeyId: 'fantasyname' }),
    class: NotFoundException,
    name: 'NotFoundException',
    message: `Invalid keyId 'fantasyname'`,
  },
  {
    when: 'an ARN of another Region',
    does: ({ ada }) => ada.describeKey({ KeyId: `arn:aws:kms:eu-central-1:111122223333:key/${unknownId}` }),
    class: NotFoundException,
    name: 'NotFoundException',
    message: 'Invalid arn eu-central-1',
  },
  {
    when: 'no such alias',
    does: ({ ada }) => ada.encrypt({ KeyId: 'alias/none', Plaintext: x }),
    class: NotFoundException,
    name: 'NotFoundException',
    message: `Alias ${account}:alias/none is not found.`,
  },
  {
    when: 'an alias where only a key will do',
    does: async ({ ada, key }) => {
      await ada.createAlias({ AliasName: 'alias/a', TargetKeyId: key });
      await ada.disableKey({ KeyId: 'alias/a' });
    },
    class: NotFoundException,
    name: 'NotFoundException',
    message: `Invalid keyId 'alias/a'`,
  },
  {
    when: 'a plaintext beyond 4096 bytes',
    does: ({ ada, key }) => ada.encrypt({ KeyId: key, Plaintext: new Uint8Array(4097) }),
    name: 'ValidationException',
    message:
      "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: " +
      'Member must have length less than or equal to 4096',
  },
  {
    when: 'an empty plaintext',
    does: ({ ada, key }) => ada.encrypt({ KeyId: key, Plaintext: new Uint8Array() }),
    name: 'ValidationException',
    message:
      "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: " +
      'Member must have length greater than or equal to 1',
  },
  {
    when: 'required members are missing',
    does: ({ ada }) => ada.encrypt({ KeyId: undefined, Plaintext: undefined }),
    name: 'ValidationException',
    message:
      "2 validation errors detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null; " +
      "Value null at 'plaintext' failed to satisfy constraint: Member must not be null",
  },
  {
    when: 'too many bytes of a data key',
    does: ({ ada, key }) => ada.generateDataKey({ KeyId: key, NumberOfBytes: 1025 }),
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: " +
      'Member must have value less than or equal to 1024',
  },
  {
    when: 'a data key without a length',
    does: ({ ada, key }) => ada.generateDataKey({ KeyId: key }),
    name: 'ValidationException',
    message: 'Please specify either number of bytes or key spec.',
  },
  {
    when: 'a data key with two lengths',
    does: ({ ada, key }) =>
      ada.generateDataKeyWithoutPlaintext({ KeyId: key, NumberOfBytes: 32, KeySpec: 'AES_256' }),
    name: 'ValidationException',
    message: 'Please specify either number of bytes or key spec.',
  },
  {
    when: 'a data key from an RSA key',
    does: async ({ ada }) =>
      ada.generateDataKey({ KeyId: await rsaKey(ada, 'ENCRYPT_DECRYPT'), KeySpec: 'AES_256' }),
    class: InvalidKeyUsageException,
    name: 'InvalidKeyUsageException',
    message: /./,
  },
  {
    when: 'random bytes without a length',
    does: ({ ada }) => ada.generateRandom({}),
    name: 'ValidationException',
    message: 'NumberOfBytes is required.',
  },
  {
    when: 'a page larger than pages get',
    does: ({ ada }) => ada.listKeys({ Limit: 1001 }),
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '1001' at 'limit' failed to satisfy constraint: " +
      'Member must have value less than or equal to 1000',
  },
  {
    when: 'a marker that no page gave',
    does: ({ ada }) => ada.listKeys({ Marker: '%%%' }),
    class: InvalidMarkerException,
    name: 'InvalidMarkerException',
    message: /./,
  },
  {
    when: 'an RSA key without a usage',
    does: ({ ada }) => ada.createKey({ KeySpec: 'RSA_2048' }),
    name: 'ValidationException',
    message: 'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
  },
  {
    when: 'a usage that the spec cannot have',
    does: ({ ada }) => ada.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'KEY_AGREEMENT' }),
    name: 'ValidationException',
    message: 'KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048',
  },
  {
    when: 'a disabled key',
    does: async ({ ada, key, ciphertext }) => {
      await ada.disableKey({ KeyId: key });
      await ada.decrypt({ CiphertextBlob: ciphertext, EncryptionContext });
    },
    class: DisabledException,
    name: 'DisabledException',
    message: '<key> is disabled.',
  },
  {
    when: 'another encryption context',
    does: ({ ada, ciphertext }) => ada.decrypt({ CiphertextBlob: ciphertext, EncryptionContext: { a: 'B' } }),
    class: InvalidCiphertextException,
    name: 'InvalidCiphertextException',
    message: 'UnknownError',
  },
  {
    when: 'a flipped bit',
    does: ({ ada, ciphertext }) => {
      const last = ciphertext.length - 1;
      const CiphertextBlob = Uint8Array.from(ciphertext, (byte, at) => (at === last ? byte ^ 1 : byte));
      return ada.decrypt({ CiphertextBlob, EncryptionContext });
    },
    class: InvalidCiphertextException,
    name: 'InvalidCiphertextException',
    message: 'UnknownError',
  },
  {
    when: 'bytes that are no ciphertext',
    does: ({ ada }) => ada.decrypt({ CiphertextBlob: x }),
    class: InvalidCiphertextException,
    name: 'InvalidCiphertextException',
    message: 'UnknownError',
  },
  {
    when: 'another key than the one that made the ciphertext',
    does: async ({ ada, ciphertext }) => {
      const { KeyMetadata } = await ada.createKey({});
      await ada.decrypt({ KeyId: KeyMetadata?.KeyId, CiphertextBlob: ciphertext, EncryptionContext });
    },
    class: IncorrectKeyException,
    name: 'IncorrectKeyException',
    message: 'The key ID in the request does not identify a CMK that can perform this operation.',
  },
  {
    when: 'signing with an encryption key',
    does: async ({ ada }) =>
      ada.sign({
        KeyId: await rsaKey(ada, 'ENCRYPT_DECRYPT'),
        Message: x,
        SigningAlgorithm: 'RSASSA_PSS_SHA_256',
      }),
    class: InvalidKeyUsageException,
    name: 'InvalidKeyUsageException',
    message: /^arn:\S+ key usage is ENCRYPT_DECRYPT which is not valid for Sign\.$/,
  },
  {
    when: 'encrypting with a signing key',
    does: async ({ ada }) =>
      ada.encrypt({
        KeyId: await rsaKey(ada, 'SIGN_VERIFY'),
        Plaintext: x,
        EncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
      }),
    class: InvalidKeyUsageException,
    name: 'InvalidKeyUsageException',
    message: /^arn:\S+ key usage is SIGN_VERIFY which is not valid for Encrypt\.$/,
  },
  {
    when: 'an RSA key and no algorithm',
    does: async ({ ada }) => ada.encrypt({ KeyId: await rsaKey(ada, 'ENCRYPT_DECRYPT'), Plaintext: x }),
    class: InvalidKeyUsageException,
    name: 'InvalidKeyUsageException',
    message: /./,
  },
  {
    when: 'more than RSA can carry',
    does: async ({ ada }) =>
      ada.encrypt({
        KeyId: await rsaKey(ada, 'ENCRYPT_DECRYPT'),
        Plaintext: new Uint8Array(215),
        EncryptionAlgorithm: 'RSAES_OAEP_SHA_1',
      }),
    name: 'ValidationException',
    message: 'Algorithm RSAES_OAEP_SHA_1 and key spec RSA_2048 cannot encrypt data larger than 214 bytes.',
  },
  {
    when: 'a digest of the wrong length',
    does: async ({ ada }) =>
      ada.sign({
        KeyId: await rsaKey(ada, 'SIGN_VERIFY'),
        Message: new Uint8Array(31),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'RSASSA_PSS_SHA_256',
      }),
    name: 'ValidationException',
    message: 'Digest is invalid length for algorithm RSASSA_PSS_SHA_256.',
  },
  {
    when: 'a signature that does not fit',
    does: async ({ ada }) =>
      ada.verify({
        KeyId: await rsaKey(ada, 'SIGN_VERIFY'),
        Message: x,
        Signature: new Uint8Array(256),
        SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_512',
      }),
    class: KMSInvalidSignatureException,
    name: 'KMSInvalidSignatureException',
    message: 'UnknownError',
  },
  {
    when: 'the public key of a symmetric key',
    does: ({ ada, key }) => ada.getPublicKey({ KeyId: key }),
    class: UnsupportedOperationException,
    name: 'UnsupportedOperationException',
    message: /./,
  },
  {
    when: 'an alias that exists',
    does: async ({ ada, key }) => {
      await ada.createAlias({ AliasName: 'alias/a', TargetKeyId: key });
      await ada.createAlias({ AliasName: 'alias/a', TargetKeyId: key });
    },
    class: AlreadyExistsException,
    name: 'AlreadyExistsException',
    message: `An alias with the name ${account}:alias/a already exists`,
  },
  {
    when: 'an alias without its prefix',
    does: ({ ada, key }) => ada.createAlias({ AliasName: 'a', TargetKeyId: key }),
    name: 'ValidationException',
    message: /^Alias must start with the prefix "alias\/"\. Please see /,
  },
  {
    when: 'an alias that ends in its prefix',
    does: ({ ada, key }) => ada.createAlias({ AliasName: 'alias/', TargetKeyId: key }),
    class: InvalidAliasNameException,
    name: 'InvalidAliasNameException',
    message: /./,
  },
  {
    when: 'a target of another kind for an alias',
    does: async ({ ada, key }) => {
      await ada.createAlias({ AliasName: 'alias/a', TargetKeyId: key });
      await ada.updateAlias({ AliasName: 'alias/a', TargetKeyId: await rsaKey(ada, 'SIGN_VERIFY') });
    },
    name: 'ValidationException',
    message: /./,
  },
  {
    when: 'an alias to delete that is not there',
    does: ({ ada }) => ada.deleteAlias({ AliasName: 'alias/none' }),
    class: NotFoundException,
    name: 'NotFoundException',
    message: `Alias ${account}:alias/none is not found.`,
  },
  {
    when: 'a rehearsal that would have worked',
    does: ({ ada, key }) => ada.encrypt({ KeyId: key, Plaintext: x, DryRun: true }),
    name: 'DryRunOperationException',
    message: 'The request would have succeeded, but the DryRun option is set.',
  },
  {
    when: 'a principal without any policy',
    does: ({ cloud, key }) => kms(cloud, 'Mallory').encrypt({ KeyId: key, Plaintext: x }),
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:iam::111122223333:user/Mallory is not authorized to perform: kms:Encrypt on resource: ' +
      '<key> because no identity-based policy allows the kms:Encrypt action',
  },
  {
    when: 'a role without the right, in a session',
    does: ({ cloud, key }) => kms(cloud, 'FileVault').disableKey({ KeyId: key }),
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:sts::111122223333:assumed-role/FileVault/app is not authorized to perform: ' +
      'kms:DisableKey on resource: <key> because no identity-based policy allows the kms:DisableKey action',
  },
  {
    when: 'a listing without the right',
    does: ({ cloud }) => kms(cloud, 'Mallory').listKeys({}),
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:iam::111122223333:user/Mallory is not authorized to perform: kms:ListKeys on resource: ' +
      '* because no identity-based policy allows the kms:ListKeys action',
  },
  {
    when: 'an access key that nobody has',
    does: ({ cloud }) =>
      kms(cloud, 'Ada', {
        credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' },
      }).listKeys({}),
    name: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  },
  {
    when: 'the wrong secret access key',
    does: ({ cloud }) => {
      const credentials = { ...identity(cloud, 'Ada').credentials, secretAccessKey: 'guessed' };
      return kms(cloud, 'Ada', { credentials }).listKeys({});
    },
    name: 'InvalidSignatureException',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret ' +
      'Access Key and signing method. Consult the service documentation for details.',
  },
];

describe('what KMS refuses, by the unmodified SDK', () => {
  test.for(rows)('$when: $name', async (row) => {
    const world = await makeWorld();
    const error = await row.does(world).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(row.class ?? KMSServiceException);
    const refusal = error as KMSServiceException;
    expect(refusal.name).toBe(row.name);
    if (typeof row.message === 'string') {
      expect(refusal.message).toBe(row.message.replace('<key>', world.key));
    } else {
      expect(refusal.message).toMatch(row.message);
    }
    expect(refusal.$fault).toBe('client');
    expect(refusal.$metadata.httpStatusCode).toBe(400);
    expect(refusal.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

async function makeWorld(): Promise<World> {
  const cloud = await openTestCloud(pooledRsa);
  const ada = kms(cloud);
  const { KeyMetadata } = await ada.createKey({});
  const key = KeyMetadata?.Arn ?? '';
  const { CiphertextBlob } = await ada.encrypt({ KeyId: key, Plaintext: x, EncryptionContext });
  return { cloud, ada, key, ciphertext: CiphertextBlob ?? new Uint8Array() };
}

async function rsaKey(ada: KMS, KeyUsage: KeyUsageType): Promise<string> {
  const { KeyMetadata } = await ada.createKey({ KeySpec: 'RSA_2048', KeyUsage });
  return KeyMetadata?.Arn ?? '';
}
