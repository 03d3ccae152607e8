import { about, boolean, oneOf, string, withDefault } from '../../declaration/members.ts';
import { permit } from '../../service/permit.ts';
import { requestTagKeys } from '../condition-keys.ts';
import { checkStoreMembers } from '../custom-key-stores/new-key.ts';
import { awsEnums } from '../enums.ts';
import { withFirstMaterial } from '../first-material.ts';
import { customKeyStoreId, description, keyPolicy, tags } from '../members.ts';
import { keyMetadata } from '../key-metadata.ts';
import {
  auditedKeyMetadata,
  checkKeyQuota,
  checkKind,
  draftKey,
  keyPolicyFor,
  kindOf,
  newKeyId,
} from '../new-key.ts';
import { operation } from '../operation.ts';
import { arnOfKey, storeKey } from '../records.ts';
import { checkTags } from '../tags.ts';

/** CreateKey: a KMS key, with its first backing key unless that comes from elsewhere. AWS: KMS API Reference, CreateKey. */
export const CreateKey = operation('CreateKey', {
  summary: 'Makes a KMS key.',
  readOnly: false,
  accountAction: 'kms:CreateKey',
  accountConditions: (input) => ({
    'kms:KeySpec': [kindOf(input).spec],
    'kms:CustomerMasterKeySpec': [kindOf(input).spec],
    'kms:KeyUsage': [kindOf(input).usage],
    'kms:CustomerMasterKeyUsage': [kindOf(input).usage],
    'kms:KeyOrigin': [input.Origin],
    'kms:MultiRegion': [String(input.MultiRegion)],
    ...(input.MultiRegion && { 'kms:MultiRegionKeyType': ['PRIMARY'] }),
    ...requestTagKeys(input.Tags),
  }),
  input: {
    Policy: keyPolicy(),
    Description: withDefault('', description()),
    KeyUsage: about(
      'What the key is for, for good; ENCRYPT_DECRYPT where nothing else is said of a symmetric key.',
      oneOf(awsEnums.KeyUsage),
    ),
    CustomerMasterKeySpec: about('The former name of KeySpec.', oneOf(awsEnums.CustomerMasterKeySpec)),
    KeySpec: about(
      'The kind of key material, for good; SYMMETRIC_DEFAULT where nothing else is said.',
      oneOf(awsEnums.KeySpec),
    ),
    Origin: about(
      'Where the key material comes from: made by KMS, imported (EXTERNAL), or from a custom key store.',
      withDefault('AWS_KMS', oneOf(awsEnums.Origin)),
    ),
    CustomKeyStoreId: about('The custom key store in which to make the key.', customKeyStoreId()),
    BypassPolicyLockoutSafetyCheck: about(
      'Leave out the check that you yourself will still be able to change the key policy; a key can so become unmanageable.',
      withDefault(false, boolean()),
    ),
    Tags: tags(),
    MultiRegion: about(
      'Whether the key is the primary of a multi-Region key, which can have replicas in other Regions.',
      withDefault(false, boolean()),
    ),
    XksKeyId: about(
      'The external key, by its name in the external key manager, for a key in an external key store.',
      string({ min: 1, max: 128, pattern: '^[a-zA-Z0-9-_.]+$' }),
    ),
  },
  async run({ input, call, rooms }) {
    checkKind(input, call.region);
    checkStoreMembers(input);
    const { spec, usage } = kindOf(input);
    const location = { accountId: call.caller.principal.accountId, region: call.region };
    if (input.Tags && input.Tags.length > 0) {
      checkTags(input.Tags, rooms);
      permit(call, 'kms:TagResource', '*', requestTagKeys(input.Tags));
    }
    checkKeyQuota(call, location, rooms);
    const draft = draftKey(call, location, {
      keyId: newKeyId(rooms, input.MultiRegion),
      spec,
      usage,
      origin: input.Origin,
      description: input.Description,
      tags: input.Tags ?? [],
      ...(input.MultiRegion && {
        multiRegion: { type: 'PRIMARY', primaryRegion: call.region, replicaRegions: [] },
      }),
    });
    const policy = keyPolicyFor(call, draft, {
      given: input.Policy,
      bypassLockoutCheck: input.BypassPolicyLockoutSafetyCheck,
    });
    const key = await withFirstMaterial(call, { ...draft, policy }, input, rooms);
    storeKey(call.transaction, key);
    call.keyArn = arnOfKey(key);
    call.audit.resources = [{ accountId: key.accountId, type: 'AWS::KMS::Key', ARN: call.keyArn }];
    call.audit.requestParameters = { ...call.audit.requestParameters, keySpec: spec, keyUsage: usage };
    call.audit.responseElements = { keyMetadata: auditedKeyMetadata(key) };
    return { KeyMetadata: keyMetadata(key) };
  },
});
