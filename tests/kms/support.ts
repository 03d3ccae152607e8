import { AwsClient } from 'aws4fetch';
import type { CreateKeyRequest, KMS } from '@aws-sdk/client-kms';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { Scenario } from '../../src/engine/scenario/schema/scenario.ts';
import { identity, region } from '../support/clients.ts';

/** Makes a key; gives its ARN. */
export async function newKey(client: KMS, request: CreateKeyRequest = {}): Promise<string> {
  const { KeyMetadata } = await client.createKey(request);
  return KeyMetadata!.Arn!;
}

/** How a request was refused. */
export async function refusal(request: Promise<unknown>): Promise<{ name: string; message: string }> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('The request was not refused.');
  return { name: error.name, message: error.message };
}

/** CloudTrail's newest records of an account, as its administrator sees them; `time` by a cloud's machine that is not ours. */
export async function trailOf(cloud: Cloud, as = 'Ada', time?: number): Promise<Record<string, unknown>[]> {
  const signer = new AwsClient({ ...identity(cloud, as).credentials, service: 'cloudtrail', region });
  const request = await signer.sign(`https://cloudtrail.${region}.amazonaws.com/`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
    },
    body: '{}',
    ...(time !== undefined && {
      aws: { datetime: new Date(time).toISOString().replace(/[:-]|\.\d{3}/g, '') },
    }),
  });
  const response = await cloud.fetch(request);
  const { Events } = (await response.json()) as { Events: { CloudTrailEvent: string }[] };
  return Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent) as Record<string, unknown>);
}

const administrator = {
  name: 'Administrator',
  document: {
    Version: '2012-10-17' as const,
    Statement: [{ Effect: 'Allow' as const, Action: ['kms:*', 'cloudtrail:LookupEvents'], Resource: '*' }],
  },
};

/**
 * Two accounts. Ada administers the first, Bea the second; Gus, Ron and the role App of the first and Cleo of the
 * second may nothing by themselves. S3 calls for Ada as AdaViaS3, and in its own name.
 */
export const twoAccounts: Scenario = {
  version: 1,
  accounts: [
    {
      accountId: '111122223333',
      principals: [
        { type: 'User', name: 'Ada', policies: [administrator] },
        {
          type: 'User',
          name: 'AdaViaS3',
          policies: [administrator],
          accessKeys: [{ viaService: 's3.amazonaws.com' }],
        },
        { type: 'User', name: 'Gus' },
        { type: 'User', name: 'Ron' },
        { type: 'Role', name: 'App', accessKeys: [{ sessionName: 'run' }] },
        {
          type: 'Service',
          name: 's3.amazonaws.com',
          accessKeys: [{ sourceArn: 'arn:aws:s3:::invoices', sourceAccount: '111122223333' }],
        },
      ],
    },
    {
      accountId: '444455556666',
      principals: [
        { type: 'User', name: 'Bea', policies: [administrator] },
        { type: 'User', name: 'Cleo' },
      ],
    },
  ],
};
