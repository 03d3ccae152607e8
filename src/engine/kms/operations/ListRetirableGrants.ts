import { about } from '../../declaration/members.ts';
import { AwsError } from '../../errors/aws-error.ts';
import { validationError } from '../errors.ts';
import { grantEntry } from '../grants/entry.ts';
import { principal, servicePrincipal } from '../grants/members.ts';
import { grants, grantsByRetirer } from '../grants/records.ts';
import { requireServiceCaller } from '../grants/service-filters.ts';
import { retirerPrefix } from '../grants/store.ts';
import { limit, marker } from '../members.ts';
import { operation } from '../operation.ts';
import { page } from '../pagination.ts';

interface NamesARetirer {
  RetiringPrincipal?: string;
  RetiringServicePrincipal?: string;
}

/**
 * ListRetirableGrants: the grants that one principal of the caller's account may retire, on keys of any account in
 * this Region; it takes no right on the keys. AWS: KMS API Reference, ListRetirableGrants.
 */
export const ListRetirableGrants = operation('ListRetirableGrants', {
  summary: 'Lists the grants that a principal may retire.',
  readOnly: true,
  accountAction: 'kms:ListRetirableGrants',
  accountResource: retirerOf,
  input: {
    Limit: limit(100, 50),
    Marker: marker(),
    RetiringPrincipal: about('The principal who may retire the grants.', principal()),
    RetiringServicePrincipal: about('The AWS service that may retire the grants.', servicePrincipal()),
  },
  check({ RetiringPrincipal, RetiringServicePrincipal }) {
    if ((RetiringPrincipal === undefined) === (RetiringServicePrincipal === undefined)) {
      throw validationError(
        'You must specify either RetiringPrincipal or RetiringServicePrincipal, but not both.',
      );
    }
  },
  run({ input, call }) {
    requireServiceCaller(call, 'RetiringServicePrincipal', input.RetiringServicePrincipal);
    const retirer = retirerOf(input);
    const { principal: caller } = call.caller;
    const accountOfRetirer = /^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(retirer)?.[1] ?? '';
    if (input.RetiringPrincipal !== undefined && accountOfRetirer !== caller.accountId) {
      throw new AwsError(
        'AccessDeniedException',
        `User: ${call.caller.arn} is not authorized to perform: kms:ListRetirableGrants on resource: ${retirer} because no resource-based policy allows the kms:ListRetirableGrants action`,
      );
    }
    const grantAt = (recordKey: string) => call.transaction.get(grants, recordKey);
    const { items, NextMarker, Truncated } = page(
      call.transaction,
      grantsByRetirer,
      retirerPrefix(call.region, retirer),
      input,
      (recordKey) => {
        const grant = grantAt(recordKey);
        return (grant?.retiringPrincipal ?? grant?.retiringServicePrincipal) === retirer;
      },
    );
    return {
      Grants: items.flatMap((recordKey) => grantAt(recordKey) ?? []).map(grantEntry),
      NextMarker,
      Truncated,
    };
  },
});

function retirerOf({ RetiringPrincipal, RetiringServicePrincipal }: NamesARetirer): string {
  return RetiringPrincipal ?? RetiringServicePrincipal ?? '';
}
