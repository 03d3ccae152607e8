import type {
  CreateCustomKeyStoreCommandInput,
  CustomKeyStoreType,
  XksProxyConnectivityType,
} from '@aws-sdk/client-kms';

/** A custom key store while it is being thought of. */
export interface StoreDraft {
  type: CustomKeyStoreType;
  name: string;
  /** Of a CloudHSM key store. */
  cluster: string;
  password: string;
  certificate: string;
  /** Of an external key store. */
  endpoint: string;
  path: string;
  connectivity: XksProxyConnectivityType;
  /** Of connectivity by a VPC endpoint service alone. */
  service: string;
  accessKeyId: string;
  secret: string;
}

/** The input of CreateCustomKeyStore: what belongs to the type, and nothing that was filled in for the other. */
export function storeInput(draft: StoreDraft): CreateCustomKeyStoreCommandInput {
  const named = { CustomKeyStoreName: draft.name, CustomKeyStoreType: draft.type };
  if (draft.type === 'AWS_CLOUDHSM') {
    return {
      ...named,
      CloudHsmClusterId: draft.cluster,
      KeyStorePassword: draft.password,
      TrustAnchorCertificate: draft.certificate,
    };
  }
  return {
    ...named,
    XksProxyUriEndpoint: draft.endpoint,
    XksProxyUriPath: draft.path,
    XksProxyConnectivity: draft.connectivity,
    ...(draft.connectivity === 'VPC_ENDPOINT_SERVICE' && { XksProxyVpcEndpointServiceName: draft.service }),
    XksProxyAuthenticationCredential: { AccessKeyId: draft.accessKeyId, RawSecretAccessKey: draft.secret },
  };
}

/** Whether all is there that KMS demands of a store of this type. */
export function storeIsComplete(draft: StoreDraft): boolean {
  const { XksProxyAuthenticationCredential: credential, ...rest } = storeInput(draft);
  const isThere = (value: unknown) => value !== '';
  return Object.values(rest).every(isThere) && Object.values(credential ?? {}).every(isThere);
}
