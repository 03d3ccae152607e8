import type { Caller } from '../../iam/types.ts';
import type { ConditionKeys } from '../../service/permit.ts';
import type { GrantRecord } from './records.ts';
import { constraintsOf, type GrantInput } from './terms.ts';

/** What policies can say of a grant that is to be made (KMS Developer Guide, "AWS KMS condition keys", kms:Grant…). */
export function newGrantKeys(input: GrantInput, caller: Caller): ConditionKeys {
  const constraints = constraintsOf(input);
  const { sourceArn } = constraints ?? {};
  return {
    'kms:GrantOperations': input.Operations,
    ...constraintTypeKeys(constraints),
    ...(sourceArn !== undefined && { 'kms:GrantConstraintSourceArn': [sourceArn] }),
    ...present('kms:GranteePrincipal', input.GranteePrincipal),
    ...present('kms:GranteeServicePrincipal', input.GranteeServicePrincipal),
    ...present('kms:RetiringPrincipal', input.RetiringPrincipal),
    ...present('kms:RetiringServicePrincipal', input.RetiringServicePrincipal),
    ...grantForServiceKeys(caller),
  };
}

/** Which of the encryption context constraints a grant has; SourceArn is no type of its own to this key. */
export function constraintTypeKeys(constraints: GrantRecord['constraints']): ConditionKeys {
  const types = [
    ...(constraints?.encryptionContextEquals ? ['EncryptionContextEquals'] : []),
    ...(constraints?.encryptionContextSubset ? ['EncryptionContextSubset'] : []),
  ];
  return types.length > 0 ? { 'kms:GrantConstraintType': types } : {};
}

/** Whether an AWS service that is integrated with KMS asks, for somebody or for itself. */
export function grantForServiceKeys({ principal, accessKey }: Caller): ConditionKeys {
  const isService = principal.type === 'Service' || accessKey.viaService !== undefined;
  return { 'kms:GrantIsForAWSResource': [String(isService)] };
}

function present(name: string, value: string | undefined): ConditionKeys {
  return value === undefined ? {} : { [name]: [value] };
}
