// A first key: make it, encrypt with it, decrypt again.
import { CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';

const kms = new KMSClient({});

const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'My first key' }));
console.log('Made', KeyMetadata!.Arn);

const { CiphertextBlob } = await kms.send(
  new EncryptCommand({ KeyId: KeyMetadata!.KeyId, Plaintext: new TextEncoder().encode('attack at dawn') }),
);
console.log('Ciphertext', CiphertextBlob);

// The ciphertext of a symmetric key says itself which key it needs.
const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob }));
console.log('Plaintext', new TextDecoder().decode(Plaintext));
