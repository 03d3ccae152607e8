import { AwsError } from '../errors/aws-error.ts';
import { limitExceeded } from './errors.ts';
import type { Rooms } from './operation.ts';
import type { KeyRecord } from './records.ts';

type Tags = KeyRecord['tags'];

/** Throws TagException unless these tags can stand together in one request (KMS Developer Guide, "Tags in AWS KMS"). */
export function checkTags(tags: Tags, { quotas }: Rooms): void {
  if (tags.length > quotas.tagsPerKey) throw new AwsError('TagException', 'Too many tags');
  checkTagKeys(tags.map(({ TagKey }) => TagKey));
}

/** Throws TagException for names that no request may bring. */
export function checkTagKeys(names: readonly string[]): void {
  if (names.some((name) => name.toLowerCase().startsWith('aws:'))) {
    throw new AwsError('TagException', 'Tags beginning with aws: are reserved');
  }
  if (new Set(names).size < names.length) throw new AwsError('TagException', 'Duplicate tag keys');
}

/** The tags of a key that had `present` and gets `given`: a new value takes the place of the old. Throws LimitExceededException. */
export function withTags(present: Tags, given: Tags, { quotas }: Rooms): Tags {
  const merged = new Map([...present, ...given].map((tag) => [tag.TagKey, tag]));
  if (merged.size > quotas.tagsPerKey) {
    throw limitExceeded(`A KMS key can have at most ${quotas.tagsPerKey} tags.`);
  }
  return [...merged.values()];
}

/** To be said of the operations that set what policies look at. */
export const tagsHoldAtOnce =
  'Tags count at once in the conditions of policies; with AWS it may take up to five minutes.';
