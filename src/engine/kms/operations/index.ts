import type { Operation } from '../operation.ts';
import { ConnectCustomKeyStore } from './ConnectCustomKeyStore.ts';
import { CreateAlias } from './CreateAlias.ts';
import { CreateCustomKeyStore } from './CreateCustomKeyStore.ts';
import { CreateGrant } from './CreateGrant.ts';
import { CreateKey } from './CreateKey.ts';
import { Decapsulate } from './Decapsulate.ts';
import { Decrypt } from './Decrypt.ts';
import { DeleteAlias } from './DeleteAlias.ts';
import { DeleteCustomKeyStore } from './DeleteCustomKeyStore.ts';
import { DeriveSharedSecret } from './DeriveSharedSecret.ts';
import { DescribeCustomKeyStores } from './DescribeCustomKeyStores.ts';
import { DescribeKey } from './DescribeKey.ts';
import { DisableKey } from './DisableKey.ts';
import { DisconnectCustomKeyStore } from './DisconnectCustomKeyStore.ts';
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
import { UpdateCustomKeyStore } from './UpdateCustomKeyStore.ts';
import { UpdateKeyDescription } from './UpdateKeyDescription.ts';
import { Verify } from './Verify.ts';
import { VerifyMac } from './VerifyMac.ts';

/** Every operation of AWS KMS that this cloud has. */
export const operations: readonly Operation[] = [
  ConnectCustomKeyStore,
  CreateAlias,
  CreateCustomKeyStore,
  CreateGrant,
  CreateKey,
  Decapsulate,
  Decrypt,
  DeleteAlias,
  DeleteCustomKeyStore,
  DeriveSharedSecret,
  DescribeCustomKeyStores,
  DescribeKey,
  DisableKey,
  DisconnectCustomKeyStore,
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
  UpdateCustomKeyStore,
  UpdateKeyDescription,
  Verify,
  VerifyMac,
];
