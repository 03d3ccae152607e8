import { limit, marker } from '../members.ts';
import { operation } from '../operation.ts';
import { page } from '../pagination.ts';
import { arnOfKey, keys, place } from '../records.ts';

/** ListKeys: every key of the caller's account in this Region. AWS: KMS API Reference, ListKeys. */
export const ListKeys = operation('ListKeys', {
  summary: 'Lists all keys of this account and Region.',
  readOnly: true,
  accountAction: 'kms:ListKeys',
  input: { Limit: limit(1000, 100), Marker: marker() },
  run({ input, call }) {
    const location = { accountId: call.caller.principal.accountId, region: call.region };
    const { items, NextMarker, Truncated } = page(call.transaction, keys, place(location), input);
    return {
      Keys: items.map((key) => ({ KeyId: key.keyId, KeyArn: arnOfKey(key) })),
      NextMarker,
      Truncated,
    };
  },
});
