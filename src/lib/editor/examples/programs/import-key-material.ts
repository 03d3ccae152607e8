// Bring your own key: material that was made elsewhere is wrapped for KMS, and imported.
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  KMSClient,
} from '@aws-sdk/client-kms';

const kms = new KMSClient({});
const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL' }));
const KeyId = KeyMetadata!.KeyId;
console.log('Without material:', KeyMetadata!.KeyState);

const { PublicKey, ImportToken } = await kms.send(
  new GetParametersForImportCommand({
    KeyId,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  }),
);

const material = crypto.getRandomValues(new Uint8Array(32));
const wrapping = await crypto.subtle.importKey(
  'spki',
  new Uint8Array(PublicKey!),
  { name: 'RSA-OAEP', hash: 'SHA-256' },
  false,
  ['encrypt'],
);
const wrapped = new Uint8Array(await crypto.subtle.encrypt('RSA-OAEP', wrapping, material));

await kms.send(
  new ImportKeyMaterialCommand({
    KeyId,
    ImportToken,
    EncryptedKeyMaterial: wrapped,
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  }),
);
const { KeyMetadata: now } = await kms.send(new DescribeKeyCommand({ KeyId }));
console.log('With material:', now!.KeyState);
