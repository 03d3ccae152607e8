import { required } from '../../declaration/members.ts';
import { keySpecs } from '../key-specs.ts';
import { grantTokens, keyId } from '../members.ts';
import { operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';
import { publicKeyOf } from '../signing.ts';

/** GetPublicKey: the public half, to share freely. AWS: KMS API Reference, GetPublicKey. */
export const GetPublicKey = operation('GetPublicKey', {
  readOnly: true,
  input: { KeyId: required(keyId()), GrantTokens: grantTokens() },
  keys: {
    key: {
      named: (input) => input.KeyId,
      takes: 'key or alias',
      action: 'kms:GetPublicKey',
      state: 'manage',
      crossAccount: true,
    },
  },
  run({ keys: { key } }) {
    const { usages } = keySpecs[key.spec];
    return {
      KeyId: arnOfKey(key),
      PublicKey: publicKeyOf(key),
      CustomerMasterKeySpec: key.spec,
      KeySpec: key.spec,
      KeyUsage: key.usage,
      EncryptionAlgorithms: key.usage === 'ENCRYPT_DECRYPT' ? usages.ENCRYPT_DECRYPT : undefined,
      SigningAlgorithms: key.usage === 'SIGN_VERIFY' ? usages.SIGN_VERIFY : undefined,
    };
  },
});
