// The encryption context is no secret. It binds a ciphertext to what it belongs to, and stands in the audit trail.
import {
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  InvalidCiphertextException,
  KMSClient,
} from '@aws-sdk/client-kms';

const kms = new KMSClient({});
const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));

const { CiphertextBlob } = await kms.send(
  new EncryptCommand({
    KeyId: KeyMetadata!.KeyId,
    Plaintext: new TextEncoder().encode('4000 a month'),
    EncryptionContext: { table: 'salaries', row: '17' },
  }),
);

// Order does not matter; every pair does.
const right = await kms.send(
  new DecryptCommand({ CiphertextBlob, EncryptionContext: { row: '17', table: 'salaries' } }),
);
console.log('Row 17:', new TextDecoder().decode(right.Plaintext));

// Somebody has moved the ciphertext to another row.
try {
  await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { table: 'salaries', row: '18' } }));
} catch (error) {
  if (!(error instanceof InvalidCiphertextException)) throw error;
  console.log('Row 18:', error.name);
}
