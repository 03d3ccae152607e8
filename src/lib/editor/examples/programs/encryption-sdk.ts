// The AWS Encryption SDK does envelope encryption for you: data key, format, context and signature.
import { buildClient, CommitmentPolicy, KmsKeyringBrowser } from '@aws-crypto/client-browser';
import { KMS } from '@aws-sdk/client-kms';

const kms = new KMS({});
const { KeyMetadata } = await kms.createKey({ Description: 'For the Encryption SDK' });

const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const keyring = new KmsKeyringBrowser({
  clientProvider: (region) => new KMS({ region }),
  generatorKeyId: KeyMetadata!.Arn!,
});

const { result } = await encrypt(keyring, new TextEncoder().encode('A letter as long as you like'), {
  encryptionContext: { purpose: 'letter' },
});
console.log('Message', result);

const { plaintext, messageHeader } = await decrypt(keyring, result);
console.log(new TextDecoder().decode(plaintext));
// Hold the context against what you expect: it is authenticated.
console.log(messageHeader.encryptionContext['purpose']);
