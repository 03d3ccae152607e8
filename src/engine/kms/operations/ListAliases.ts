import { about } from '../../declaration/members.ts';
import { Timestamp } from '../../declaration/output.ts';
import { findKey } from '../find-key.ts';
import { aliasArn } from '../identifiers.ts';
import { pageOfAliases, pageOfAliasesOf } from '../managed-keys/list-aliases.ts';
import { keyId, limit, marker } from '../members.ts';
import { operation } from '../operation.ts';

/**
 * ListAliases: of the account in this Region, or of one key. AWS's own aliases are always there, also those whose key
 * has not been made yet. AWS: KMS API Reference, ListAliases.
 */
export const ListAliases = operation('ListAliases', {
  summary: 'Lists the aliases of this account and Region, or those of one key.',
  readOnly: true,
  accountAction: 'kms:ListAliases',
  input: {
    KeyId: about('The key whose aliases to list; all aliases without it.', keyId()),
    Limit: limit(100, 50),
    Marker: marker(),
  },
  run({ input, call: { transaction, caller, region } }) {
    const location = { accountId: caller.principal.accountId, region };
    const { items, NextMarker, Truncated } =
      input.KeyId === undefined
        ? pageOfAliases(transaction, location, input)
        : pageOfAliasesOf(transaction, findKey(transaction, location, input.KeyId, 'key').record, input);
    return {
      Aliases: items.map(({ name, targetKeyId, created, updated }) => ({
        AliasName: name,
        AliasArn: aliasArn(location, name),
        TargetKeyId: targetKeyId,
        CreationDate: created === undefined ? undefined : new Timestamp(created),
        LastUpdatedDate: updated === undefined ? undefined : new Timestamp(updated),
      })),
      NextMarker,
      Truncated,
    };
  },
});
