import type { PolicyDocument, PolicyStatement } from '../../iam/types.ts';
import type { KeyLocation } from '../identifiers.ts';
import { dataAndGrants, type ManagedKeyService } from './services.ts';

const look = ['kms:Describe*', 'kms:Get*', 'kms:List*'];

/**
 * The key policy of an AWS managed key, which nobody can change: everybody in the account may use the key, but only
 * through the service, and look at it (KMS Developer Guide, "AWS managed keys").
 */
export function managedKeyPolicy(
  service: ManagedKeyService,
  { accountId, region }: KeyLocation,
): PolicyDocument {
  const { name, title, policyId, actions = dataAndGrants, described } = service;
  const throughService: PolicyStatement = {
    Sid: `Allow access through ${title} for all principals in the account that are authorized to use ${title}`,
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: [...actions],
    Resource: '*',
    Condition: fromService(service, accountId, region),
  };
  const account: PolicyStatement = {
    Sid: 'Allow direct access to key metadata to the account',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: actions.includes('kms:CreateGrant') ? [...look, 'kms:RevokeGrant'] : look,
    Resource: '*',
  };
  const serviceLooks: PolicyStatement = {
    Sid: described ?? '',
    Effect: 'Allow',
    Principal: { Service: `${name}.amazonaws.com` },
    Action: look,
    Resource: '*',
  };
  return {
    Version: '2012-10-17',
    Id: policyId,
    Statement: [throughService, account, ...(described === undefined ? [] : [serviceLooks])],
  };
}

function fromService(
  { name, via = [name], anyRegion }: ManagedKeyService,
  accountId: string,
  region: string,
): NonNullable<PolicyStatement['Condition']> {
  const services = via.map((service) => `${service}.${anyRegion ? '*' : region}.amazonaws.com`);
  const ViaService = { 'kms:ViaService': services.length === 1 ? services[0]! : services };
  const CallerAccount = { 'kms:CallerAccount': accountId };
  return anyRegion
    ? { StringEquals: CallerAccount, StringLike: ViaService }
    : { StringEquals: { ...CallerAccount, ...ViaService } };
}
