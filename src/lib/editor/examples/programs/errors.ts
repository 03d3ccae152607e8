// Errors of KMS are classes. What they carry tells what to do: try again, ask for rights, or mend the call.
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  DisabledException,
  DisableKeyCommand,
  EncryptCommand,
  KMSClient,
  KMSServiceException,
  NotFoundException,
} from '@aws-sdk/client-kms';

const kms = new KMSClient({});

try {
  await kms.send(new DescribeKeyCommand({ KeyId: 'alias/nobody-made-this' }));
} catch (error) {
  if (!(error instanceof NotFoundException)) throw error;
  console.log(error.name, '·', error.message);
  console.log(error.$fault, error.$metadata.httpStatusCode);
}

const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
await kms.send(new DisableKeyCommand({ KeyId: KeyMetadata!.KeyId }));
try {
  await kms.send(new EncryptCommand({ KeyId: KeyMetadata!.KeyId, Plaintext: new Uint8Array(1) }));
} catch (error) {
  console.log('A DisabledException?', error instanceof DisabledException);
  console.log('An error of KMS?', error instanceof KMSServiceException);
}

// One that nobody catches ends the program, and is written out whole.
await kms.send(new EncryptCommand({ KeyId: KeyMetadata!.KeyId, Plaintext: new Uint8Array(5000) }));
