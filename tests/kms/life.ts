import { AwsClient } from 'aws4fetch';
import type { KMS } from '@aws-sdk/client-kms';
import type { Cloud, CloudOptions } from '../../src/engine/cloud.ts';
import type { CloudTrailRecord } from '../../src/engine/cloudtrail/types.ts';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { refusal, twoAccounts } from './support.ts';

/**
 * A cloud in which time goes on only when a test says so: for what keys live through. It follows from a seed, as
 * wrapping keys then come out of a fixed few and need not be searched for.
 */

export const start = Date.UTC(2027, 0, 1);
export const second = 1000;
export const day = 86_400_000;
/** Where replicas of keys go. */
export const abroad = 'eu-west-1';

export interface World {
  cloud: Cloud;
  /** Administers the account, in us-east-1. */
  ada: KMS;
  /** The same abroad. */
  adaAbroad: KMS;
  /** Lets so many milliseconds pass. */
  pass: (milliseconds: number) => Promise<void>;
}

export async function stillWorld(options: Partial<CloudOptions> = {}): Promise<World> {
  const clock = { pace: 'still' as const, start: new Date(start).toISOString() };
  const cloud = await openTestCloud({ seed: 'life', scenario: { ...twoAccounts, clock }, ...options });
  return {
    cloud,
    ada: kms(cloud),
    adaAbroad: kms(cloud, 'Ada', { region: abroad }),
    pass: (milliseconds) => cloud.clock.moveTo(cloud.clock.now() + milliseconds),
  };
}

/** CloudTrail's records of one event in the first account, the oldest first. */
export async function events(
  cloud: Cloud,
  eventName: string,
  region = 'us-east-1',
): Promise<CloudTrailRecord[]> {
  const signer = new AwsClient({ ...identity(cloud, 'Ada').credentials, service: 'cloudtrail', region });
  const request = await signer.sign(`https://cloudtrail.${region}.amazonaws.com/`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
    },
    body: JSON.stringify({
      MaxResults: 50,
      StartTime: start / 1000,
      EndTime: cloud.clock.now() / 1000,
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
    }),
  });
  const { Events } = (await (await cloud.fetch(request)).json()) as { Events: { CloudTrailEvent: string }[] };
  return Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent) as CloudTrailRecord).reverse();
}

/** `arn` with the Region in it replaced. */
export const inRegion = (arn: string, region: string) => arn.replace(/:kms:[a-z0-9-]+:/, `:kms:${region}:`);

/** The bare id that an ARN ends with. */
export const idOf = (arn: string) => arn.replace(/^.*\//, '');

/** How each of several requests was refused. */
export const refusals = (requests: Promise<unknown>[]) => Promise.all(requests.map(refusal));
