import type { KeyLocation } from '../identifiers.ts';

/**
 * What stands behind custom key stores. The KMS room keeps the stores' records and states; whether a cluster or
 * a proxy is there, and what it answers, is asked here. Whoever implements this may be asked twice for the same
 * thing, because a transaction that met another's runs again; and has to answer within a bounded time, `unreachable`
 * if need be, as the request, and what is due after it, wait for it.
 */
export interface CustomKeyStoreBackends {
  /** Without it no cluster can be looked up: stores can be made, and connecting them fails. */
  cloudHsm?: CloudHsmBackend;
  /** Without it no proxy and no VPC endpoint service can be reached. */
  xks?: XksBackend;
}

/** No cluster and no proxy. */
export const noBackends: CustomKeyStoreBackends = {};

/** Why a store could not be connected; AWS's ConnectionErrorCode. */
export type ConnectionErrorCode =
  | 'CLUSTER_NOT_FOUND'
  | 'INSUFFICIENT_CLOUDHSM_HSMS'
  | 'INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET'
  | 'INTERNAL_ERROR'
  | 'INVALID_CREDENTIALS'
  | 'NETWORK_ERRORS'
  | 'SUBNET_NOT_FOUND'
  | 'USER_LOCKED_OUT'
  | 'USER_LOGGED_IN'
  | 'USER_NOT_FOUND'
  | 'XKS_PROXY_ACCESS_DENIED'
  | 'XKS_PROXY_INVALID_CONFIGURATION'
  | 'XKS_PROXY_INVALID_RESPONSE'
  | 'XKS_PROXY_INVALID_TLS_CONFIGURATION'
  | 'XKS_PROXY_NOT_REACHABLE'
  | 'XKS_PROXY_TIMED_OUT'
  | 'XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION'
  | 'XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND';

/**
 * `unreachable`: nobody answered. `key unusable`: there is no such key, or it is disabled. `rejected`: the bytes
 * do not authenticate.
 */
export type Answer<Value> =
  | { ok: true; value: Value }
  | { ok: false; why: 'unreachable' | 'key unusable' | 'rejected' };

/** Encryption in a key that KMS does not hold. Bytes in, bytes out; `aad` is authenticated with them. */
export interface ForeignCipher {
  encrypt(keyId: string, plaintext: Uint8Array, aad: Uint8Array): Promise<Answer<Uint8Array>>;
  decrypt(keyId: string, ciphertext: Uint8Array, aad: Uint8Array): Promise<Answer<Uint8Array>>;
}

/** Names a CloudHSM cluster. */
export interface Cluster extends KeyLocation {
  clusterId: string;
}

/** A CloudHSM cluster, as far as KMS asks about it. */
export interface ClusterFacts {
  state: 'ACTIVE' | 'INITIALIZED' | 'UNINITIALIZED' | 'DEGRADED' | 'DELETED';
  /** PEM of the certificate that signed the cluster's own: what TrustAnchorCertificate must be. */
  trustAnchorCertificate: string;
  /** The different Availability Zones in which it has an active HSM. */
  activeZones: string[];
  /** Clusters that were restored from each other's backups share one. */
  backupHistoryId: string;
}

export interface CloudHsmBackend {
  /** `undefined` when there is no such cluster. */
  describe(cluster: Cluster): Promise<ClusterFacts | undefined>;
  /** Logs in as `kmsuser`; gives why it could not. */
  connect(cluster: Cluster, password: string): Promise<ConnectionErrorCode | undefined>;
  /** Logs `kmsuser` out. */
  disconnect(cluster: Cluster): Promise<void>;
  /** Makes an AES-256 key in the cluster; gives its id. The same `clientToken` gives the same key again. */
  createKey(cluster: Cluster, clientToken: string): Promise<Answer<string>>;
  /** Whether the key is gone. */
  deleteKey(cluster: Cluster, backingKeyId: string): Promise<boolean>;
  random(cluster: Cluster, length: number): Promise<Answer<Uint8Array>>;
  cipher(cluster: Cluster): ForeignCipher;
}

/** Where an external key store proxy is, and how to sign for it. */
export interface XksProxy {
  connectivity: 'PUBLIC_ENDPOINT' | 'VPC_ENDPOINT_SERVICE';
  uriEndpoint: string;
  uriPath: string;
  accessKeyId: string;
  /** KMS must sign with it, so it is stored as it is. */
  rawSecretAccessKey: string;
  vpcEndpointServiceName?: string;
  /** Account id. */
  vpcEndpointServiceOwner?: string;
}

/** The calls that KMS makes of an external key store proxy (AWS KMS External Key Store Proxy API Specification). */
export interface XksBackend {
  /** GetHealthStatus; also whether the VPC endpoint service is there and fit. `undefined` when all is well. */
  health(proxy: XksProxy): Promise<ConnectionErrorCode | undefined>;
  /** GetKeyMetadata: `usable` is an enabled AES-256 key that encrypts and decrypts. */
  describeKey(
    proxy: XksProxy,
    xksKeyId: string,
  ): Promise<'usable' | 'unusable' | 'not found' | 'unreachable'>;
  cipher(proxy: XksProxy): ForeignCipher;
}
