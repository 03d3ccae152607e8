import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Cloud } from '../../src/engine/cloud.ts';
import type {
  Answer,
  ClusterFacts,
  ConnectionErrorCode,
  CustomKeyStoreBackends,
  ForeignCipher,
  XksProxy,
} from '../../src/engine/kms/custom-key-stores/backends.ts';

/** Clusters and proxies for tests: their keys are real, and AES-256-GCM is Node's. */

export const trustAnchor = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

export const clusterId = 'cluster-234abcdefABC';
export const endpoint = 'https://myproxy.xks.example.com';
export const accessKeyId = 'ABCDE22345672EXAMPLE';

/** Lets time pass: in half a minute a store is connected, or disconnected. */
export const pass = (cloud: Cloud, seconds = 30) => cloud.clock.moveTo(cloud.clock.now() + seconds * 1000);

/** The name of the error that a request ends in. */
export const failure = (request: Promise<unknown>) =>
  request.then(
    () => 'no failure',
    (error: unknown) => (error as Error).name,
  );

/** A cluster as a test may alter it. */
export interface TestCluster extends ClusterFacts {
  password: string;
  isUserLoggedIn: boolean;
  isSilent: boolean;
  keys: Map<string, Buffer>;
}

export interface TestProxy {
  problem?: ConnectionErrorCode;
  isSilent: boolean;
  accessKeyId: string;
  keys: Map<string, { key: Buffer; isEnabled: boolean }>;
  /** Every plaintext that it was asked to encrypt. */
  seen: Uint8Array[];
}

export interface TestBackends extends Required<CustomKeyStoreBackends> {
  clusters: Map<string, TestCluster>;
  /** By endpoint and path. */
  proxies: Map<string, TestProxy>;
}

export function testCluster(about: Partial<TestCluster> = {}): TestCluster {
  return {
    state: 'ACTIVE',
    trustAnchorCertificate: trustAnchor,
    activeZones: ['us-east-1a', 'us-east-1b'],
    backupHistoryId: 'history-1',
    password: 'kmsPswd',
    isUserLoggedIn: false,
    isSilent: false,
    keys: new Map(),
    ...about,
  };
}

export function testProxy(about: Partial<TestProxy> = {}): TestProxy {
  return {
    isSilent: false,
    accessKeyId: 'ABCDE12345670EXAMPLE'.replace(/[0189]/g, '2'),
    keys: new Map(),
    seen: [],
    ...about,
  };
}

export function testBackends(): TestBackends {
  const clusters = new Map<string, TestCluster>();
  const proxies = new Map<string, TestProxy>();
  const proxyAt = ({ uriEndpoint, uriPath }: XksProxy) => proxies.get(uriEndpoint + uriPath);
  return {
    clusters,
    proxies,
    cloudHsm: {
      describe: ({ clusterId }) => Promise.resolve(clusters.get(clusterId)),
      connect({ clusterId }, password) {
        const cluster = clusters.get(clusterId);
        if (!cluster) return Promise.resolve('CLUSTER_NOT_FOUND');
        if (cluster.isUserLoggedIn) return Promise.resolve('USER_LOGGED_IN');
        if (cluster.password !== password) return Promise.resolve('INVALID_CREDENTIALS');
        cluster.isUserLoggedIn = true;
        return Promise.resolve(undefined);
      },
      disconnect({ clusterId }) {
        const cluster = clusters.get(clusterId);
        if (cluster) cluster.isUserLoggedIn = false;
        return Promise.resolve();
      },
      createKey({ clusterId }, clientToken) {
        const cluster = clusters.get(clusterId);
        if (!cluster || cluster.isSilent) return Promise.resolve({ ok: false, why: 'unreachable' });
        const id = `key-${clientToken}`;
        if (!cluster.keys.has(id)) cluster.keys.set(id, randomBytes(32));
        return Promise.resolve({ ok: true, value: id });
      },
      deleteKey: ({ clusterId }, id) => Promise.resolve(clusters.get(clusterId)?.keys.delete(id) ?? false),
      random: ({ clusterId }, length) =>
        Promise.resolve(
          clusters.get(clusterId)?.isSilent
            ? { ok: false, why: 'unreachable' }
            : { ok: true, value: new Uint8Array(length).fill(7) },
        ),
      cipher: ({ clusterId }) => {
        const cluster = clusters.get(clusterId);
        return aesGcm((id) => (cluster?.isSilent ? 'unreachable' : cluster?.keys.get(id)));
      },
    },
    xks: {
      health(proxy) {
        const found = proxyAt(proxy);
        if (!found || found.isSilent) return Promise.resolve('XKS_PROXY_NOT_REACHABLE');
        if (found.accessKeyId !== proxy.accessKeyId) return Promise.resolve('XKS_PROXY_ACCESS_DENIED');
        return Promise.resolve(found.problem);
      },
      describeKey(proxy, id) {
        const found = proxyAt(proxy);
        if (!found || found.isSilent) return Promise.resolve('unreachable');
        const key = found.keys.get(id);
        return Promise.resolve(!key ? 'not found' : key.isEnabled ? 'usable' : 'unusable');
      },
      cipher(proxy) {
        const found = proxyAt(proxy);
        const cipher = aesGcm((id) => {
          if (!found || found.isSilent) return 'unreachable';
          const key = found.keys.get(id);
          return key?.isEnabled ? key.key : undefined;
        });
        return {
          ...cipher,
          encrypt(id, plaintext, aad) {
            found?.seen.push(plaintext);
            return cipher.encrypt(id, plaintext, aad);
          },
        };
      },
    },
  };
}

/** IV (12 bytes), ciphertext, tag (16 bytes). */
function aesGcm(keyOf: (id: string) => Buffer | 'unreachable' | undefined): ForeignCipher {
  const using = (id: string, work: (key: Buffer) => Uint8Array): Promise<Answer<Uint8Array>> => {
    const key = keyOf(id);
    if (key === 'unreachable') return Promise.resolve({ ok: false, why: 'unreachable' });
    if (!key) return Promise.resolve({ ok: false, why: 'key unusable' });
    try {
      return Promise.resolve({ ok: true, value: new Uint8Array(work(key)) });
    } catch {
      return Promise.resolve({ ok: false, why: 'rejected' });
    }
  };
  return {
    encrypt: (id, plaintext, aad) =>
      using(id, (key) => {
        const iv = randomBytes(12);
        const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
        return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
      }),
    decrypt: (id, bytes, aad) =>
      using(id, (key) => {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
        decipher.setAAD(aad).setAuthTag(bytes.subarray(-16));
        return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
      }),
  };
}
