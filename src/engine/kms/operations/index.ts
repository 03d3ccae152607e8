import type { Operation } from '../operation.ts';
import { CreateAlias } from './CreateAlias.ts';
import { CreateGrant } from './CreateGrant.ts';
import { CreateKey } from './CreateKey.ts';
import { Decapsulate } from './Decapsulate.ts';
import { Decrypt } from './Decrypt.ts';
import { DeleteAlias } from './DeleteAlias.ts';
import { DeriveSharedSecret } from './DeriveSharedSecret.ts';
import { DescribeKey } from './DescribeKey.ts';
import { DisableKey } from './DisableKey.ts';
import { EnableKey } from './EnableKey.ts';
import { Encapsulate } from './Encapsulate.ts';
import { Encrypt } from './Encrypt.ts';
import { GenerateDataKey } from './GenerateDataKey.ts';
import { GenerateDataKeyPair } from './GenerateDataKeyPair.ts';
import { GenerateDataKeyPairWithoutPlaintext } from './GenerateDataKeyPairWithoutPlaintext.ts';
import { GenerateDataKeyWithoutPlaintext } from './GenerateDataKeyWithoutPlaintext.ts';
import { GenerateMac } from './GenerateMac.ts';
import { GenerateRandom } from './GenerateRandom.ts';
import { GetKeyLastUsage } from './GetKeyLastUsage.ts';
import { GetKeyPolicy } from './GetKeyPolicy.ts';
import { GetPublicKey } from './GetPublicKey.ts';
import { ListAliases } from './ListAliases.ts';
import { ListGrants } from './ListGrants.ts';
import { ListKeyPolicies } from './ListKeyPolicies.ts';
import { ListKeys } from './ListKeys.ts';
import { ListResourceTags } from './ListResourceTags.ts';
import { ListRetirableGrants } from './ListRetirableGrants.ts';
import { PutKeyPolicy } from './PutKeyPolicy.ts';
import { ReEncrypt } from './ReEncrypt.ts';
import { RetireGrant } from './RetireGrant.ts';
import { RevokeGrant } from './RevokeGrant.ts';
import { Sign } from './Sign.ts';
import { TagResource } from './TagResource.ts';
import { UntagResource } from './UntagResource.ts';
import { UpdateAlias } from './UpdateAlias.ts';
import { UpdateKeyDescription } from './UpdateKeyDescription.ts';
import { Verify } from './Verify.ts';
import { VerifyMac } from './VerifyMac.ts';

/** Every operation of AWS KMS that this cloud has. */
export const operations: readonly Operation[] = [
  CreateAlias,
  CreateGrant,
  CreateKey,
  Decapsulate,
  Decrypt,
  DeleteAlias,
  DeriveSharedSecret,
  DescribeKey,
  DisableKey,
  EnableKey,
  Encapsulate,
  Encrypt,
  GenerateDataKey,
  GenerateDataKeyPair,
  GenerateDataKeyPairWithoutPlaintext,
  GenerateDataKeyWithoutPlaintext,
  GenerateMac,
  GenerateRandom,
  GetKeyLastUsage,
  GetKeyPolicy,
  GetPublicKey,
  ListAliases,
  ListGrants,
  ListKeyPolicies,
  ListKeys,
  ListResourceTags,
  ListRetirableGrants,
  PutKeyPolicy,
  ReEncrypt,
  RetireGrant,
  RevokeGrant,
  Sign,
  TagResource,
  UntagResource,
  UpdateAlias,
  UpdateKeyDescription,
  Verify,
  VerifyMac,
];
