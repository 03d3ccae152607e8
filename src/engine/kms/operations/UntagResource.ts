import { about, list, required, string } from '../../declaration/members.ts';
import { keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { storeKey } from '../records.ts';
import { checkTagKeys, tagsHoldAtOnce } from '../tags.ts';

/** UntagResource: takes tags away; those that the key does not have do not matter. AWS: KMS API Reference, UntagResource. */
export const UntagResource = operation('UntagResource', {
  summary: 'Takes tags from a key.',
  readOnly: false,
  input: {
    KeyId: required(keyId()),
    TagKeys: about('The names of the tags to take away.', required(list(string({ min: 1, max: 128 })))),
  },
  keys: {
    key: {
      ...managedKey('kms:UntagResource'),
      conditions: ({ TagKeys }) => (TagKeys.length > 0 ? { 'aws:TagKeys': TagKeys } : {}),
    },
  },
  differs: [tagsHoldAtOnce],
  run({ input, keys: { key }, call }) {
    checkTagKeys(input.TagKeys);
    const tags = key.tags.filter(({ TagKey }) => !input.TagKeys.includes(TagKey));
    storeKey(call.transaction, { ...key, tags });
    return {};
  },
});
