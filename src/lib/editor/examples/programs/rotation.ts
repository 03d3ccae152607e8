// Rotation: the key keeps its name and gets new material. What was encrypted before still opens.
import {
  CreateKeyCommand,
  DecryptCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListKeyRotationsCommand,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms';
import { setTimeout } from 'node:timers/promises';

const kms = new KMSClient({});
const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
const KeyId = KeyMetadata!.KeyId;
const before = await kms.send(
  new EncryptCommand({ KeyId, Plaintext: new TextEncoder().encode('old letter') }),
);

await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 365 }));
await kms.send(new RotateKeyOnDemandCommand({ KeyId }));

// A rotation on demand takes a moment.
while ((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).OnDemandRotationStartDate)
  await setTimeout(250);

const { Rotations } = await kms.send(
  new ListKeyRotationsCommand({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }),
);
console.log(Rotations);

const opened = await kms.send(new DecryptCommand({ CiphertextBlob: before.CiphertextBlob }));
console.log(new TextDecoder().decode(opened.Plaintext), 'was sealed by', opened.KeyMaterialId);
