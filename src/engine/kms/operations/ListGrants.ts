import { about, required } from '../../declaration/members.ts';
import type { Call } from '../../service/service.ts';
import { grantForServiceKeys } from '../grants/condition-keys.ts';
import { grantEntry } from '../grants/entry.ts';
import { checkGrantId } from '../grants/find-grant.ts';
import { grantId, principal, servicePrincipal } from '../grants/members.ts';
import { grants, grantsByGrantee, type GrantRecord } from '../grants/records.ts';
import { requireServiceCaller } from '../grants/service-filters.ts';
import { granteePrefix, grantOn, grantsPrefix } from '../grants/store.ts';
import { validationError } from '../errors.ts';
import { keyId, limit, marker } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { page, type Page } from '../pagination.ts';
import type { KeyRecord } from '../records.ts';

interface Filters {
  GrantId?: string;
  GranteePrincipal?: string;
  GranteeServicePrincipal?: string;
  Limit: number;
  Marker?: string;
}

/** ListGrants: the grants on one key, all or some. AWS: KMS API Reference, ListGrants. */
export const ListGrants = operation('ListGrants', {
  summary: 'Lists the grants of a key.',
  readOnly: true,
  input: {
    Limit: limit(100, 50),
    Marker: marker(),
    KeyId: required(keyId()),
    GrantId: about('List this grant alone.', grantId()),
    GranteePrincipal: about('List the grants of this principal alone.', principal()),
    GranteeServicePrincipal: about('List the grants of this AWS service alone.', servicePrincipal()),
  },
  keys: {
    key: {
      ...managedKey('kms:ListGrants'),
      crossAccount: true,
      conditions: (_input, _key, call) => grantForServiceKeys(call.caller),
    },
  },
  check({ GrantId, GranteePrincipal, GranteeServicePrincipal }) {
    checkGrantId(GrantId);
    if (GranteePrincipal !== undefined && GranteeServicePrincipal !== undefined) {
      throw validationError(
        'You can specify either GranteePrincipal or GranteeServicePrincipal, but not both.',
      );
    }
  },
  run({ input, keys: { key }, call }) {
    requireServiceCaller(call, 'GranteeServicePrincipal', input.GranteeServicePrincipal);
    const { items, NextMarker, Truncated } = grantsOn(call, key, input);
    return { Grants: items.map(grantEntry), NextMarker, Truncated };
  },
});

function grantsOn({ transaction }: Call, key: KeyRecord, filters: Filters): Page<GrantRecord> {
  const { GrantId, GranteePrincipal, GranteeServicePrincipal } = filters;
  const grantee = GranteePrincipal ?? GranteeServicePrincipal;
  const isMeant = (grant: GrantRecord) =>
    grantee === undefined || (grant.granteePrincipal ?? grant.granteeServicePrincipal) === grantee;
  if (GrantId !== undefined) {
    const grant = grantOn(transaction, key, GrantId);
    return { items: grant && isMeant(grant) ? [grant] : [], Truncated: false };
  }
  if (grantee === undefined) return page(transaction, grants, grantsPrefix(key), filters);
  const grantAt = (recordKey: string) => transaction.get(grants, recordKey);
  const found = page(transaction, grantsByGrantee, granteePrefix(key, grantee), filters, (recordKey) => {
    const grant = grantAt(recordKey);
    return grant !== undefined && isMeant(grant);
  });
  return { ...found, items: found.items.flatMap((recordKey) => grantAt(recordKey) ?? []) };
}
