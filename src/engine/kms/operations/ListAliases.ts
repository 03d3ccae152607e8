import { Timestamp } from '../../declaration/output.ts';
import { findKey } from '../find-key.ts';
import { keyId, limit, marker } from '../members.ts';
import { operation } from '../operation.ts';
import { page } from '../pagination.ts';
import { aliases, arnOfAlias, place } from '../records.ts';

/** ListAliases: of the account in this Region, or of one key. AWS: KMS API Reference, ListAliases. */
export const ListAliases = operation('ListAliases', {
  readOnly: true,
  accountAction: 'kms:ListAliases',
  input: { KeyId: keyId(), Limit: limit(100, 50), Marker: marker() },
  run({ input, call }) {
    const location = { accountId: call.caller.principal.accountId, region: call.region };
    const target =
      input.KeyId === undefined ? undefined : findKey(call.transaction, location, input.KeyId, 'key').record;
    const { items, NextMarker, Truncated } = page(
      call.transaction,
      aliases,
      place(location),
      input,
      (alias) => target === undefined || alias.targetKeyId === target.keyId,
    );
    return {
      Aliases: items.map((alias) => ({
        AliasName: alias.name,
        AliasArn: arnOfAlias(alias),
        TargetKeyId: alias.targetKeyId,
        CreationDate: new Timestamp(alias.created),
        LastUpdatedDate: new Timestamp(alias.updated),
      })),
      NextMarker,
      Truncated,
    };
  },
});
