import type { Account, AuthorizationRequest, NamedPolicy, PolicyDocument, PolicyKind } from '../types.ts';

/** A policy that has a say in a request. */
export interface Applicable {
  policy: PolicyKind;
  policyName: string;
  /** Level of the organization, from 0, its root. */
  level?: number;
  document: PolicyDocument;
  /** Its statements name principals; in other policies they are about whoever or whatever has the policy. */
  saysWho: boolean;
}

/** Every policy that has a say, in the order in which they are shown. */
export function applicablePolicies(request: AuthorizationRequest): Applicable[] {
  const { principal, accessKey } = request.caller;
  const found: Applicable[] = [];
  const add = (policy: PolicyKind, named: NamedPolicy, level?: number) =>
    found.push({
      policy,
      policyName: named.name,
      ...(level !== undefined && { level }),
      document: named.document,
      saysWho: policy === 'key policy' || policy === 'resource control policy',
    });

  if (request.resourcePolicy) add('key policy', { name: 'default', document: request.resourcePolicy });
  // A service has nothing but what resources and grants give it.
  if (principal.type !== 'Service') {
    for (const policy of principal.policies) add('identity policy', policy);
    if (principal.boundary) add('permissions boundary', principal.boundary);
    for (const policy of accessKey.sessionPolicies ?? []) add('session policy', policy);
  }
  serviceControlLevels(request).forEach((policies, level) => {
    for (const policy of policies) add('service control policy', policy, level);
  });
  resourceControlLevels(request).forEach((policies, level) => {
    for (const policy of policies) add('resource control policy', policy, level);
  });
  return found;
}

type Levels = readonly (readonly NamedPolicy[])[];

/**
 * The service control policies that restrict the caller, a list a level: none for the management account, services
 * and service-linked roles (AWS Organizations User Guide, "Service control policies").
 */
export function serviceControlLevels({ caller, callerAccount }: AuthorizationRequest): Levels {
  const isExempt =
    caller.principal.type === 'Service' ||
    isServiceLinked(caller.principal.arn) ||
    isManagement(callerAccount);
  return isExempt ? [] : (callerAccount?.serviceControlPolicies ?? []);
}

/**
 * The resource control policies that protect the resource, likewise: none for the management account's resources,
 * against service-linked roles, for AWS managed keys and for RetireGrant (AWS Organizations User Guide, "Resource
 * control policies"; KMS Developer Guide, "Resource control policies in AWS KMS"). They do restrict services.
 */
function resourceControlLevels(request: AuthorizationRequest): Levels {
  const { caller, action, resourceAccount, isAwsManagedKey = false } = request;
  const isExempt =
    isAwsManagedKey ||
    action === 'kms:RetireGrant' ||
    isServiceLinked(caller.principal.arn) ||
    isManagement(resourceAccount);
  return isExempt ? [] : (resourceAccount?.resourceControlPolicies ?? []);
}

function isManagement(account: Account | undefined): boolean {
  return account !== undefined && account.organization?.managementAccountId === account.accountId;
}

function isServiceLinked(arn: string): boolean {
  return arn.includes(':role/aws-service-role/');
}
