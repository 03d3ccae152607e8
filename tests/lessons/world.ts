import { AwsClient } from 'aws4fetch';
import type { Cloud } from '../../src/engine/cloud.ts';
import { emptyDesk, type Desk } from '../../src/lib/lesson/desk.ts';
import { Inspector, type Auditor, type LookupEventsOutput } from '../../src/lib/lesson/inspector.ts';
import { identity, kms, region } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

/** A cloud of one's own with a learner in it, who uses the real SDK. */
export async function openWorld() {
  const cloud = await openTestCloud();
  const desk: Desk = { ...emptyDesk, file: photograph() };
  return {
    desk,
    kms: kms(cloud, 'Ada'),
    mallory: kms(cloud, 'Mallory'),
    fileVault: kms(cloud, 'FileVault'),
    scene: () => ({ cloud: new Inspector(auditor(cloud)), desk }),
  };
}

/** The read-only role that checks look through. */
export function auditor(cloud: Cloud): Auditor {
  const client = kms(cloud, 'Auditor');
  const signer = new AwsClient({ ...identity(cloud, 'Auditor').credentials, service: 'cloudtrail', region });
  const calls = {
    DescribeKey: client.describeKey.bind(client),
    ListAliases: client.listAliases.bind(client),
    ListKeys: client.listKeys.bind(client),
  };
  return {
    kms: ((operation: keyof typeof calls, input: never) => calls[operation](input)) as Auditor['kms'],
    async lookupEvents(input) {
      const request = await signer.sign(`https://cloudtrail.${region}.amazonaws.com/`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-amz-json-1.1',
          'X-Amz-Target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
        },
        body: JSON.stringify(input),
      });
      const response = await cloud.fetch(request);
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as LookupEventsOutput;
    },
  };
}

/** Something larger than 4 KB. */
function photograph(): File {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index * index) & 255);
  return new File([bytes], 'photograph.png', { type: 'image/png' });
}
