// Signatures: the private key stays in KMS, and anybody verifies with the public one, without AWS.
import {
  CreateKeyCommand,
  GetPublicKeyCommand,
  KMSClient,
  SignCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';

const kms = new KMSClient({});
const { KeyMetadata } = await kms.send(
  new CreateKeyCommand({ KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' }),
);
const KeyId = KeyMetadata!.KeyId;
const Message = new TextEncoder().encode('Release 1.2.3');

const { Signature } = await kms.send(
  new SignCommand({ KeyId, Message, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' }),
);
console.log('Signature', Signature);

const { SignatureValid } = await kms.send(
  new VerifyCommand({ KeyId, Message, Signature, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' }),
);
console.log('KMS says', SignatureValid);

// The same without KMS: this is what the receiver of a release does.
const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
const key = await crypto.subtle.importKey('spki', new Uint8Array(PublicKey!), 'Ed25519', false, ['verify']);
console.log(
  'Web Crypto says',
  await crypto.subtle.verify('Ed25519', key, new Uint8Array(Signature!), Message),
);

const forged = new TextEncoder().encode('Release 6.6.6');
console.log(
  'Of another message',
  await crypto.subtle.verify('Ed25519', key, new Uint8Array(Signature!), forged),
);
