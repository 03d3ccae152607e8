import { required } from '../../declaration/members.ts';
import { locationOf } from '../aliases.ts';
import { auditNamedStore } from '../custom-key-stores/audit.ts';
import { requireFitCluster } from '../custom-key-stores/cluster.ts';
import { begin } from '../custom-key-stores/connection.ts';
import { invalidStoreState } from '../custom-key-stores/errors.ts';
import { findStore } from '../custom-key-stores/records.ts';
import { customKeyStoreId } from '../members.ts';
import { operation } from '../operation.ts';

/**
 * ConnectCustomKeyStore: begins to connect a store to its cluster or proxy; DescribeCustomKeyStores tells what
 * became of it. AWS: KMS API Reference, ConnectCustomKeyStore.
 */
export const ConnectCustomKeyStore = operation('ConnectCustomKeyStore', {
  summary:
    'Connects a custom key store with the cluster or the proxy behind it, so that its keys can be used.',
  readOnly: false,
  accountAction: 'kms:ConnectCustomKeyStore',
  input: { CustomKeyStoreId: required(customKeyStoreId()) },
  differs: [
    'It takes ten seconds. Until there are CloudHSM clusters, a CloudHSM key store then FAILED with CLUSTER_NOT_FOUND.',
    'KMS does not rotate the password of kmsuser.',
  ],
  async run({ input, call, rooms }) {
    const store = findStore(call.transaction, locationOf(call), input.CustomKeyStoreId);
    const { connection, backing } = store;
    auditNamedStore(call, store);
    if (connection === 'FAILED' || connection === 'DISCONNECTING') {
      throw invalidStoreState(store.id, connection, 'must not be FAILED or DISCONNECTING');
    }
    if (connection === 'DISCONNECTED') {
      if (backing.type === 'AWS_CLOUDHSM') await requireFitCluster({ ...store, backing }, rooms, 1);
      begin(call, store, 'CONNECTING');
    }
    return {};
  },
});
