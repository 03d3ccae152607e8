import type { OperationModel } from '$lib/operations/model.ts';
import { policyText } from '$lib/strings/policy.ts';

export interface ActionFact {
  /** `kms:Decrypt` */
  name: string;
  about: string;
  /** Identity policies alone decide about it: in a key policy it does nothing. */
  inert: boolean;
}

/** Operations that two actions decide about, one a key. */
const several: Record<string, readonly string[]> = { ReEncrypt: ['ReEncryptFrom', 'ReEncryptTo'] };

/** No key's policy is asked (KMS Developer Guide, "Permissions for AWS KMS in IAM policies"). */
const withoutKey = new Set([
  'CreateKey',
  'GenerateRandom',
  'ListAliases',
  'ListKeys',
  'ListRetirableGrants',
  'ConnectCustomKeyStore',
  'CreateCustomKeyStore',
  'DeleteCustomKeyStore',
  'DescribeCustomKeyStores',
  'DisconnectCustomKeyStore',
  'UpdateCustomKeyStore',
  // The grant itself says who may.
  'RetireGrant',
]);

/** Every action of KMS, with what it allows. */
export function actionFacts(operations: readonly Pick<OperationModel, 'name' | 'summary'>[]): ActionFact[] {
  return operations.flatMap(({ name, summary }) =>
    (several[name] ?? [name]).map((action) => ({
      name: `kms:${action}`,
      about: policyText.halves[action] ?? summary,
      inert: withoutKey.has(name),
    })),
  );
}
