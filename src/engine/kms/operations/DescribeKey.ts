import { required } from '../../declaration/members.ts';
import { keyMetadata } from '../key-metadata.ts';
import { grantTokens, keyId } from '../members.ts';
import { describedKey, operation } from '../operation.ts';

/**
 * DescribeKey: everything public about a key but its policy, aliases and tags. Naming the alias of an AWS managed key
 * makes that key, if it is not there yet. AWS: KMS API Reference, DescribeKey.
 */
export const DescribeKey = operation('DescribeKey', {
  summary: 'Tells what a key is and which state it is in; nothing of its material.',
  readOnly: true,
  input: { KeyId: required(keyId()), GrantTokens: grantTokens() },
  keys: {
    key: describedKey('kms:DescribeKey'),
  },
  differs: [
    'The key policies of the AWS managed keys of ACM, AppFlow, Connect, Redshift, Secrets Manager and SES are simpler than AWS’s.',
  ],
  run: ({ keys: { key } }) => ({ KeyMetadata: keyMetadata(key) }),
});
