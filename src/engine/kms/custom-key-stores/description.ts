import { Timestamp, type OutputValue } from '../../declaration/output.ts';
import type { XksProxy } from './backends.ts';
import type { CustomKeyStore } from './records.ts';

/** CustomKeyStoresListEntry: everything but the password and the secret (KMS API Reference). */
export function storeDescription(store: CustomKeyStore): Record<string, OutputValue> {
  const { backing } = store;
  return {
    CustomKeyStoreId: store.id,
    CustomKeyStoreName: store.name,
    ...(backing.type === 'AWS_CLOUDHSM' && {
      CloudHsmClusterId: backing.clusterId,
      TrustAnchorCertificate: backing.trustAnchorCertificate,
    }),
    ConnectionState: store.connection,
    ConnectionErrorCode: store.errorCode,
    CreationDate: new Timestamp(store.created),
    CustomKeyStoreType: backing.type,
    XksProxyConfiguration:
      backing.type === 'EXTERNAL_KEY_STORE' ? proxyConfiguration(backing.proxy) : undefined,
  };
}

function proxyConfiguration(proxy: XksProxy): OutputValue {
  return {
    Connectivity: proxy.connectivity,
    AccessKeyId: proxy.accessKeyId,
    UriEndpoint: proxy.uriEndpoint,
    UriPath: proxy.uriPath,
    VpcEndpointServiceName: proxy.vpcEndpointServiceName,
    VpcEndpointServiceOwner: proxy.vpcEndpointServiceOwner,
  };
}
