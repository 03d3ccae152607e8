// A multi-Region key: the same material in two Regions, so that what one encrypts the other opens.
import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  KMSClient,
  ReplicateKeyCommand,
} from '@aws-sdk/client-kms';
import { setTimeout } from 'node:timers/promises';

const ireland = new KMSClient({ region: 'eu-west-1' });
const tokyo = new KMSClient({ region: 'ap-northeast-1' });

const { KeyMetadata } = await ireland.send(new CreateKeyCommand({ MultiRegion: true }));
const KeyId = KeyMetadata!.KeyId;
await ireland.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: 'ap-northeast-1' }));

// A replica takes a moment to be created.
while ((await tokyo.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.KeyState === 'Creating')
  await setTimeout(250);

const { CiphertextBlob } = await ireland.send(
  new EncryptCommand({ KeyId, Plaintext: new TextEncoder().encode('sealed in Ireland') }),
);
const { Plaintext, KeyId: openedBy } = await tokyo.send(new DecryptCommand({ CiphertextBlob, KeyId }));
console.log(new TextDecoder().decode(Plaintext), 'and opened by', openedBy);
