import type { KeyLocation } from '../identifiers.ts';

/**
 * What stands behind custom key stores. The KMS room keeps the stores' records and states; whether a cluster or
 * a proxy is there, and what it answers, is asked here. Until the CloudHSM room comes, a cloud has neither.
 */
export interface CustomKeyStoreBackends {
  cloudHsm: CloudHsmBackend;
  xks: XksBackend;
}

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

/** Encryption in a key that KMS does not hold. Bytes in, bytes out; `aad` is authenticated with them. */
export interface ForeignCipher {
  encrypt(keyId: string, plaintext: Uint8Array, aad: Uint8Array): Promise<Uint8Array>;
  /** `undefined` when the bytes do not authenticate. */
  decrypt(keyId: string, ciphertext: Uint8Array, aad: Uint8Array): Promise<Uint8Array | undefined>;
}

/** A CloudHSM cluster, as far as KMS asks about it. */
export interface ClusterFacts {
  state: 'ACTIVE' | 'INITIALIZED' | 'UNINITIALIZED' | 'DEGRADED' | 'DELETED';
  /** PEM of the certificate that signed the cluster's own: what TrustAnchorCertificate must be. */
  trustAnchorCertificate: string;
  /** Availability Zones in which it has an active HSM. */
  activeZones: string[];
  /** Clusters that were restored from each other's backups share one. */
  backupHistoryId: string;
}

export interface CloudHsmBackend {
  describe(cluster: KeyLocation & { clusterId: string }): Promise<ClusterFacts | undefined>;
  /** Logs in as `kmsuser`. */
  connect(
    cluster: KeyLocation & { clusterId: string },
    password: string,
  ): Promise<{ ok: true } | { ok: false; code: ConnectionErrorCode }>;
  /** Makes an AES-256 key in the cluster; gives its id. */
  createKey(cluster: KeyLocation & { clusterId: string }): Promise<string>;
  deleteKey(cluster: KeyLocation & { clusterId: string }, backingKeyId: string): Promise<boolean>;
  random(cluster: KeyLocation & { clusterId: string }, length: number): Promise<Uint8Array>;
  cipher(cluster: KeyLocation & { clusterId: string }): ForeignCipher;
}

/** Where an external key store proxy is, and how to sign for it. */
export interface XksProxy {
  connectivity: 'PUBLIC_ENDPOINT' | 'VPC_ENDPOINT_SERVICE';
  uriEndpoint: string;
  uriPath: string;
  accessKeyId: string;
  rawSecretAccessKey: string;
  vpcEndpointServiceName?: string;
}

export interface XksBackend {
  /** GetHealthStatus of the proxy; `undefined` when it answers well. */
  health(proxy: XksProxy): Promise<ConnectionErrorCode | undefined>;
  /** GetKeyMetadata: whether the external key is there, and an enabled AES-256 key that encrypts and decrypts. */
  describeKey(proxy: XksProxy, xksKeyId: string): Promise<'usable' | 'unusable' | 'not found'>;
  cipher(proxy: XksProxy): ForeignCipher;
}

/**
 * No cluster and no proxy: stores can be made and configured, and every attempt to connect fails as AWS's does
 * where there is nothing to connect to.
 */
export const noBackends: CustomKeyStoreBackends = {
  cloudHsm: {
    describe: () => Promise.resolve(undefined),
    connect: () => Promise.resolve({ ok: false, code: 'CLUSTER_NOT_FOUND' }),
    createKey: unreachable,
    deleteKey: () => Promise.resolve(false),
    random: unreachable,
    cipher: unreachableCipher,
  },
  xks: {
    health: () => Promise.resolve('XKS_PROXY_NOT_REACHABLE'),
    describeKey: () => Promise.resolve('not found'),
    cipher: unreachableCipher,
  },
};

function unreachable(): Promise<never> {
  return Promise.reject(new Error('There is nothing behind this custom key store.'));
}

function unreachableCipher(): ForeignCipher {
  return { encrypt: unreachable, decrypt: unreachable };
}
