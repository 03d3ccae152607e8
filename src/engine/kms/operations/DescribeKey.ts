import { required } from '../../declaration/members.ts';
import { keyMetadata } from '../key-metadata.ts';
import { grantTokens, keyId } from '../members.ts';
import { describedKey, operation } from '../operation.ts';

/** DescribeKey: everything public about a key but its policy, aliases and tags. AWS: KMS API Reference, DescribeKey. */
export const DescribeKey = operation('DescribeKey', {
  readOnly: true,
  input: { KeyId: required(keyId()), GrantTokens: grantTokens() },
  keys: {
    key: describedKey('kms:DescribeKey'),
  },
  run: ({ keys: { key } }) => ({ KeyMetadata: keyMetadata(key) }),
});
