import { AwsError } from '../errors/aws-error.ts';
import type { Rooms } from './operation.ts';
import type { KeyRecord } from './records.ts';

type Tags = KeyRecord['tags'];

/** Throws TagException unless these tags can stand together on one key (KMS Developer Guide, "Tags in AWS KMS"). */
export function checkTags(tags: Tags, { quotas }: Rooms): void {
  if (tags.length > quotas.tagsPerKey) throw new AwsError('TagException', 'Too many tags');
  if (tags.some(({ TagKey }) => TagKey.toLowerCase().startsWith('aws:'))) {
    throw new AwsError('TagException', 'Tags beginning with aws: are reserved');
  }
  if (new Set(tags.map(({ TagKey }) => TagKey)).size < tags.length) {
    throw new AwsError('TagException', 'Duplicate tag keys');
  }
}
