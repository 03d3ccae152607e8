import { boolean, list, oneOf, required, string, structure, withDefault } from '../../declaration/members.ts';
import { uuid } from '../../clock/randomness.ts';
import { keyMetadata } from '../key-metadata.ts';
import { awsEnums } from '../key-specs.ts';
import { accept } from '../module.ts';
import { auditedKeyMetadata, keyPolicyFor, specAndUsage, tagsOf } from '../new-key.ts';
import { operation } from '../operation.ts';
import { arnOfKey, storeKey, type KeyRecord } from '../records.ts';
import { storeToken } from '../tokens.ts';

/** CreateKey: a KMS key with its first backing key. AWS: KMS API Reference, CreateKey. */
export const CreateKey = operation('CreateKey', {
  readOnly: false,
  accountAction: 'kms:CreateKey',
  input: {
    Policy: string({ min: 1, max: 131_072 }),
    Description: withDefault('', string({ min: 0, max: 8192 })),
    KeyUsage: oneOf(awsEnums.KeyUsage),
    CustomerMasterKeySpec: oneOf(awsEnums.KeySpec),
    KeySpec: oneOf(awsEnums.KeySpec),
    Origin: withDefault('AWS_KMS', oneOf(awsEnums.Origin)),
    CustomKeyStoreId: string({ min: 1, max: 64 }),
    BypassPolicyLockoutSafetyCheck: withDefault(false, boolean()),
    Tags: list(
      structure({
        TagKey: required(string({ min: 1, max: 128 })),
        TagValue: required(string({ min: 0, max: 256 })),
      }),
    ),
    MultiRegion: withDefault(false, boolean()),
    XksKeyId: string({ min: 1, max: 128, pattern: '^[a-zA-Z0-9-_.]+$' }),
  },
  async run({ input, call, rooms }) {
    const { spec, usage } = specAndUsage(input);
    const tags = tagsOf(call, input.Tags);
    const draft = {
      accountId: call.caller.principal.accountId,
      region: call.region,
      keyId: uuid(rooms.randomness),
      spec,
      usage,
      state: 'Enabled' as const,
      description: input.Description,
      created: call.time,
      policy: '',
      tags,
      currentMaterialId: '',
    };
    const policy = keyPolicyFor(call, draft, input.Policy, input.BypassPolicyLockoutSafetyCheck);
    const keyArn = arnOfKey(draft);
    const { token, publicKey } = accept(
      call,
      await rooms.hsm.generateBackingKey({ keyArn, spec, watched: call.trace.watched }),
    );
    const key: KeyRecord = {
      ...draft,
      policy,
      currentMaterialId: token.materialId,
      ...(publicKey && { publicKey }),
    };
    storeKey(call.transaction, key);
    storeToken(call, key, token);
    call.keyArn = keyArn;
    call.audit.resources = [{ accountId: key.accountId, type: 'AWS::KMS::Key', ARN: keyArn }];
    call.audit.requestParameters = { ...call.audit.requestParameters, keySpec: spec, keyUsage: usage };
    call.audit.responseElements = { keyMetadata: auditedKeyMetadata(key) };
    return { KeyMetadata: keyMetadata(key) };
  },
});
