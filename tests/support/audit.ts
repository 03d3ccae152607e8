import { AwsClient } from 'aws4fetch';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { CloudTrailRecord } from '../../src/engine/cloudtrail/types.ts';
import { identity, region } from './clients.ts';

/** The trail as LookupEvents tells it to the Auditor: the newest 50 records at most, the oldest of them first. */
export async function auditRecords(cloud: Cloud): Promise<CloudTrailRecord[]> {
  const signer = new AwsClient({ ...identity(cloud, 'Auditor').credentials, service: 'cloudtrail', region });
  const url = `https://cloudtrail.${region}.amazonaws.com/`;
  // The clock that signatures are held against may stand still; every answer tells its time.
  const { headers } = await cloud.fetch(new Request(url));
  const time = new Date(headers.get('date') ?? Date.now());
  const request = await signer.sign(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
    },
    body: JSON.stringify({ MaxResults: 50 }),
    aws: { datetime: time.toISOString().replace(/[:-]|\.\d{3}/g, '') },
  });
  const { Events } = (await (await cloud.fetch(request)).json()) as { Events: { CloudTrailEvent: string }[] };
  return Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent) as CloudTrailRecord).reverse();
}
