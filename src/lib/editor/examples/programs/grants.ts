// A grant lets a principal use a key for a while, without a change to the key's policy.
import {
  CreateGrantCommand,
  CreateKeyCommand,
  KMSClient,
  ListGrantsCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';

const kms = new KMSClient({});
const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
const KeyId = KeyMetadata!.KeyId;

const { GrantId, GrantToken } = await kms.send(
  new CreateGrantCommand({
    KeyId,
    GranteePrincipal: `arn:aws:iam::${KeyMetadata!.AWSAccountId}:root`,
    Operations: ['Decrypt', 'DescribeKey'],
    // The grant holds for ciphertexts of this context only.
    Constraints: { EncryptionContextSubset: { table: 'salaries' } },
    Name: 'night-report',
  }),
);
// For the minutes until a grant is known everywhere, its token proves it.
console.log('Token of', GrantToken!.length, 'characters');

const { Grants } = await kms.send(new ListGrantsCommand({ KeyId }));
console.log(Grants);

await kms.send(new RevokeGrantCommand({ KeyId, GrantId }));
const { Grants: left } = await kms.send(new ListGrantsCommand({ KeyId }));
console.log('After revoking', left);
