import { required } from '../../declaration/members.ts';
import { requestTagKeys } from '../condition-keys.ts';
import { keyId, tags } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { storeKey } from '../records.ts';
import { checkTags, tagsHoldAtOnce, withTags } from '../tags.ts';

/** TagResource: adds tags to a customer managed key, or gives them other values. AWS: KMS API Reference, TagResource. */
export const TagResource = operation('TagResource', {
  summary: 'Adds tags to a key, or gives present ones new values.',
  readOnly: false,
  input: { KeyId: required(keyId()), Tags: required(tags()) },
  keys: {
    key: { ...managedKey('kms:TagResource'), conditions: (input) => requestTagKeys(input.Tags) },
  },
  differs: [tagsHoldAtOnce],
  run({ input, keys: { key }, call, rooms }) {
    checkTags(input.Tags, rooms);
    storeKey(call.transaction, { ...key, tags: withTags(key.tags, input.Tags, rooms) });
    return {};
  },
});
