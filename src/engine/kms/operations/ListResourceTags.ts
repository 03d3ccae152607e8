import { required } from '../../declaration/members.ts';
import { keyId, limit, marker } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { pageOf } from '../pagination.ts';

/** ListResourceTags: the tags of one key. AWS: KMS API Reference, ListResourceTags. */
export const ListResourceTags = operation('ListResourceTags', {
  summary: 'Lists the tags of a key.',
  readOnly: true,
  input: { KeyId: required(keyId()), Limit: limit(50, 50), Marker: marker() },
  keys: { key: managedKey('kms:ListResourceTags') },
  run({ input, keys: { key } }) {
    const { items, NextMarker, Truncated } = pageOf(key.tags, ({ TagKey }) => TagKey, input);
    return {
      Tags: items.map(({ TagKey, TagValue }) => ({ TagKey, TagValue })),
      NextMarker,
      Truncated,
    };
  },
});
