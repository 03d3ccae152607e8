import { required } from '../../declaration/members.ts';
import { legacySpec } from '../key-metadata.ts';
import { algorithmsMember, algorithmsOf } from '../key-specs.ts';
import { grantTokens, keyId } from '../members.ts';
import { describedKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';
import { publicKeyOf } from '../signing.ts';

/** GetPublicKey: the public half, to share freely. AWS: KMS API Reference, GetPublicKey. */
export const GetPublicKey = operation('GetPublicKey', {
  summary: 'Gives the public key of an asymmetric key, for use outside of KMS.',
  readOnly: true,
  input: { KeyId: required(keyId()), GrantTokens: grantTokens() },
  keys: {
    key: describedKey('kms:GetPublicKey'),
  },
  run({ keys: { key } }) {
    return {
      KeyId: arnOfKey(key),
      PublicKey: publicKeyOf(key),
      CustomerMasterKeySpec: legacySpec(key),
      KeySpec: key.spec,
      KeyUsage: key.usage,
      [algorithmsMember[key.usage]]: algorithmsOf(key),
    };
  },
});
