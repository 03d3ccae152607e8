// HMAC: proves that who holds the key has written this, and nobody else can check it.
import {
  CreateKeyCommand,
  GenerateMacCommand,
  KMSClient,
  KMSInvalidMacException,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';

const kms = new KMSClient({});
const { KeyMetadata } = await kms.send(
  new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
);
const key = { KeyId: KeyMetadata!.KeyId, MacAlgorithm: 'HMAC_SHA_256' } as const;
const Message = new TextEncoder().encode('user=17; expires=2030-01-01');

const { Mac } = await kms.send(new GenerateMacCommand({ ...key, Message }));
console.log('Tag', Mac);

const { MacValid } = await kms.send(new VerifyMacCommand({ ...key, Message, Mac }));
console.log('Valid', MacValid);

try {
  const altered = new TextEncoder().encode('user=1; expires=2030-01-01');
  await kms.send(new VerifyMacCommand({ ...key, Message: altered, Mac }));
} catch (error) {
  if (!(error instanceof KMSInvalidMacException)) throw error;
  console.log('Altered:', error.name);
}
