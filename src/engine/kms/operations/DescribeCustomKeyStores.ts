import { locationOf } from '../aliases.ts';
import { storeDescription } from '../custom-key-stores/description.ts';
import { storeNotFound } from '../custom-key-stores/errors.ts';
import { customKeyStoreName } from '../custom-key-stores/members.ts';
import { customKeyStores } from '../custom-key-stores/records.ts';
import { validationError } from '../errors.ts';
import { customKeyStoreId, limit, marker } from '../members.ts';
import { operation } from '../operation.ts';
import { page } from '../pagination.ts';
import { place } from '../records.ts';

/**
 * DescribeCustomKeyStores: all stores of the account in this Region, or one by its id or its name.
 * AWS: KMS API Reference, DescribeCustomKeyStores.
 */
export const DescribeCustomKeyStores = operation('DescribeCustomKeyStores', {
  summary: 'Tells of the custom key stores of this account and Region.',
  readOnly: true,
  accountAction: 'kms:DescribeCustomKeyStores',
  input: {
    CustomKeyStoreId: customKeyStoreId(),
    CustomKeyStoreName: customKeyStoreName(),
    Limit: limit(1000, 100),
    Marker: marker(),
  },
  check({ CustomKeyStoreId, CustomKeyStoreName }) {
    if (CustomKeyStoreId !== undefined && CustomKeyStoreName !== undefined) {
      throw validationError('Specify either CustomKeyStoreId or CustomKeyStoreName, not both.');
    }
  },
  run({ input, call }) {
    const { CustomKeyStoreId: id, CustomKeyStoreName: name } = input;
    const wanted = id ?? name;
    const { items, NextMarker, Truncated } = page(
      call.transaction,
      customKeyStores,
      place(locationOf(call)),
      input,
      (store) => wanted === undefined || wanted === (id === undefined ? store.name : store.id),
    );
    if (wanted !== undefined && items.length === 0) throw storeNotFound(wanted);
    return { CustomKeyStores: items.map(storeDescription), NextMarker, Truncated };
  },
});
