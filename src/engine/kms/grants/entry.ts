import { Timestamp, type OutputValue } from '../../declaration/output.ts';
import { keyArn } from '../identifiers.ts';
import type { GrantRecord } from './records.ts';
import { keyOfGrant } from './store.ts';

/** A grant as ListGrants and ListRetirableGrants show it (KMS API Reference, GrantListEntry). */
export function grantEntry(grant: GrantRecord): Record<string, OutputValue> {
  const { constraints } = grant;
  const key = keyOfGrant(grant);
  return {
    KeyId: keyArn(key, key.keyId),
    GrantId: grant.grantId,
    Name: grant.name ?? '',
    CreationDate: new Timestamp(grant.created),
    GranteePrincipal: grant.granteePrincipal,
    GranteeServicePrincipal: grant.granteeServicePrincipal,
    RetiringPrincipal: grant.retiringPrincipal,
    RetiringServicePrincipal: grant.retiringServicePrincipal,
    IssuingAccount: `arn:aws:iam::${grant.issuingAccount}:root`,
    Operations: grant.operations,
    Constraints: constraints && {
      EncryptionContextSubset: constraints.encryptionContextSubset,
      EncryptionContextEquals: constraints.encryptionContextEquals,
      SourceArn: constraints.sourceArn,
    },
  };
}
