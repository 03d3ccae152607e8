// Envelope encryption: KMS makes a data key, the data is encrypted here, and the data key goes along, encrypted.
import { CreateKeyCommand, DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';

const kms = new KMSClient({});
const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));

async function seal(text: string) {
  const { Plaintext, CiphertextBlob } = await kms.send(
    new GenerateDataKeyCommand({ KeyId: KeyMetadata!.KeyId, KeySpec: 'AES_256' }),
  );
  const key = await aesKey(Plaintext!, 'encrypt');
  // From here on nobody needs the plain data key.
  Plaintext!.fill(0);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text));
  return { encryptedKey: CiphertextBlob!, iv, sealed: new Uint8Array(sealed) };
}

async function open({ encryptedKey, iv, sealed }: Awaited<ReturnType<typeof seal>>) {
  const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: encryptedKey }));
  const opened = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv },
    await aesKey(Plaintext!, 'decrypt'),
    sealed,
  );
  return new TextDecoder().decode(opened);
}

function aesKey(bytes: Uint8Array, usage: 'encrypt' | 'decrypt') {
  return crypto.subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', false, [usage]);
}

const envelope = await seal('A letter as long as you like; KMS never sees it.');
console.log(envelope);
console.log(await open(envelope));
