import type { CreateCustomKeyStoreCommandInput, KMS } from '@aws-sdk/client-kms';
import { describe, expect, test, vi } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import type { Cloud } from '../../src/engine/cloud.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import {
  accessKeyId,
  clusterId,
  endpoint,
  failure,
  pass,
  testBackends,
  testCluster,
  testProxy,
  trustAnchor,
  type TestBackends,
} from '../support/key-store-backends.ts';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { auditRecords } from '../support/audit.ts';

/** The control plane of custom key stores: KMS Developer Guide, "Key stores", and the API Reference. */

const otherClusterId = 'cluster-765zyxwvuZYX';
const path = '/example/kms/xks/v1';
const secret = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const serviceName = 'com.amazonaws.vpce.us-east-1.vpce-svc-example1';

const hsmStore: CreateCustomKeyStoreCommandInput = {
  CustomKeyStoreName: 'Cluster',
  CloudHsmClusterId: clusterId,
  KeyStorePassword: 'kmsPswd',
  TrustAnchorCertificate: trustAnchor,
};
const xksStore: CreateCustomKeyStoreCommandInput = {
  CustomKeyStoreName: 'Proxy',
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  XksProxyUriEndpoint: endpoint,
  XksProxyUriPath: path,
  XksProxyAuthenticationCredential: { AccessKeyId: accessKeyId, RawSecretAccessKey: secret },
};

interface World {
  cloud: Cloud;
  client: KMS;
  backends: TestBackends;
}

async function world(): Promise<World> {
  const backends = testBackends();
  backends.clusters.set(clusterId, testCluster());
  backends.clusters.set(otherClusterId, testCluster({ backupHistoryId: 'history-2' }));
  backends.proxies.set(endpoint + path, testProxy({ accessKeyId }));
  const cloud = await openTestCloud({ clock: manualClock(Date.UTC(2026, 10, 1)), keyStores: backends });
  return { cloud, client: kms(cloud), backends };
}

async function created(client: KMS, input: CreateCustomKeyStoreCommandInput): Promise<string> {
  return (await client.createCustomKeyStore(input)).CustomKeyStoreId!;
}

async function described(client: KMS, id: string) {
  return (await client.describeCustomKeyStores({ CustomKeyStoreId: id })).CustomKeyStores![0]!;
}

async function connected({ cloud, client }: World, input = hsmStore): Promise<string> {
  const id = await created(client, input);
  await client.connectCustomKeyStore({ CustomKeyStoreId: id });
  await pass(cloud);
  return id;
}

describe('where no cluster and no proxy is known', () => {
  test('a CloudHSM key store can be made; connecting it ends in FAILED', async () => {
    const cloud = await openTestCloud({ clock: manualClock(Date.UTC(2026, 10, 1)) });
    const client = kms(cloud);
    const id = await created(client, hsmStore);
    expect(id).toMatch(/^cks-[0-9a-f]{17}$/);
    await client.connectCustomKeyStore({ CustomKeyStoreId: id });
    expect((await described(client, id)).ConnectionState).toBe('CONNECTING');
    await pass(cloud);
    expect(await described(client, id)).toMatchObject({
      ConnectionState: 'FAILED',
      ConnectionErrorCode: 'CLUSTER_NOT_FOUND',
    });
    expect(await failure(client.connectCustomKeyStore({ CustomKeyStoreId: id }))).toBe(
      'CustomKeyStoreInvalidStateException',
    );
    await client.disconnectCustomKeyStore({ CustomKeyStoreId: id });
    await pass(cloud);
    const store = await described(client, id);
    expect(store.ConnectionState).toBe('DISCONNECTED');
    expect(store.ConnectionErrorCode).toBeUndefined();
  });

  test('an external key store cannot be made', async () => {
    const client = kms(await openTestCloud());
    expect(await failure(client.createCustomKeyStore(xksStore))).toBe('XksProxyUriUnreachableException');
    const overVpc = {
      ...xksStore,
      XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
      XksProxyVpcEndpointServiceName: serviceName,
    } as const;
    expect(await failure(client.createCustomKeyStore(overVpc))).toBe(
      'XksProxyVpcEndpointServiceNotFoundException',
    );
  });
});

describe('CreateCustomKeyStore', () => {
  test('describes a CloudHSM key store without its password', async () => {
    const { client } = await world();
    const id = await created(client, hsmStore);
    const store = await described(client, id);
    expect(store).toEqual({
      CustomKeyStoreId: id,
      CustomKeyStoreName: 'Cluster',
      CloudHsmClusterId: clusterId,
      TrustAnchorCertificate: trustAnchor,
      ConnectionState: 'DISCONNECTED',
      CreationDate: new Date(Date.UTC(2026, 10, 1)),
      CustomKeyStoreType: 'AWS_CLOUDHSM',
    });
  });

  test('describes an external key store without its secret', async () => {
    const { client } = await world();
    const store = await described(client, await created(client, xksStore));
    expect(store.CustomKeyStoreType).toBe('EXTERNAL_KEY_STORE');
    expect(store.XksProxyConfiguration).toEqual({
      Connectivity: 'PUBLIC_ENDPOINT',
      AccessKeyId: accessKeyId,
      UriEndpoint: endpoint,
      UriPath: path,
    });
    expect(JSON.stringify(store)).not.toContain(secret);
  });

  test('repeated alike gives the same store', async () => {
    const { client } = await world();
    const id = await created(client, hsmStore);
    expect(await created(client, hsmStore)).toBe(id);
    expect((await client.describeCustomKeyStores({})).CustomKeyStores).toHaveLength(1);
    expect(await failure(client.createCustomKeyStore({ ...hsmStore, KeyStorePassword: 'another1' }))).toBe(
      'CustomKeyStoreNameInUseException',
    );
  });

  test.each<[string, Partial<CreateCustomKeyStoreCommandInput>]>([
    ['CloudHsmClusterId is required', { CloudHsmClusterId: undefined }],
    ['KeyStorePassword is required', { KeyStorePassword: undefined }],
    ['TrustAnchorCertificate is required', { TrustAnchorCertificate: undefined }],
    ['XksProxyUriPath is not valid', { XksProxyUriPath: path }],
  ])('demands of a CloudHSM key store: %s', async (message, change) => {
    const { client } = await world();
    await expect(client.createCustomKeyStore({ ...hsmStore, ...change })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `${message} with a CustomKeyStoreType of AWS_CLOUDHSM.`,
    });
  });

  test.each<[string, Partial<CreateCustomKeyStoreCommandInput>]>([
    [
      'XksProxyConnectivity is required with a CustomKeyStoreType of EXTERNAL_KEY_STORE.',
      { XksProxyConnectivity: undefined },
    ],
    [
      'XksProxyUriEndpoint is required with a CustomKeyStoreType of EXTERNAL_KEY_STORE.',
      { XksProxyUriEndpoint: undefined },
    ],
    [
      'XksProxyUriPath is required with a CustomKeyStoreType of EXTERNAL_KEY_STORE.',
      { XksProxyUriPath: undefined },
    ],
    [
      'XksProxyAuthenticationCredential is required with a CustomKeyStoreType of EXTERNAL_KEY_STORE.',
      { XksProxyAuthenticationCredential: undefined },
    ],
    [
      'CloudHsmClusterId is not valid with a CustomKeyStoreType of EXTERNAL_KEY_STORE.',
      { CloudHsmClusterId: clusterId },
    ],
    [
      'XksProxyVpcEndpointServiceName is required with an XksProxyConnectivity of VPC_ENDPOINT_SERVICE.',
      { XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' },
    ],
    [
      'XksProxyVpcEndpointServiceName is not valid with an XksProxyConnectivity of PUBLIC_ENDPOINT.',
      { XksProxyVpcEndpointServiceName: serviceName },
    ],
  ])('demands of an external key store: %s', async (message, change) => {
    const { client } = await world();
    await expect(client.createCustomKeyStore({ ...xksStore, ...change })).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });

  test('never echoes a password or a secret that breaks a rule', async () => {
    const { cloud, client } = await world();
    const credential = { AccessKeyId: 'short', RawSecretAccessKey: 'tooShort' };
    for (const input of [
      { ...hsmStore, KeyStorePassword: 'secret' },
      { ...xksStore, XksProxyAuthenticationCredential: credential },
    ]) {
      await expect(client.createCustomKeyStore(input)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.not.stringMatching(/'secret'|tooShort|'short'/) as string,
      });
    }
    expect(JSON.stringify(await auditRecords(cloud))).not.toMatch(/'secret'|tooShort|'short'/);
  });

  test.each<[string, (backends: TestBackends) => void]>([
    ['CloudHsmClusterNotFoundException', ({ clusters }) => clusters.delete(clusterId)],
    [
      'CloudHsmClusterNotActiveException',
      ({ clusters }) => clusters.set(clusterId, testCluster({ state: 'INITIALIZED' })),
    ],
    [
      'CloudHsmClusterInvalidConfigurationException',
      ({ clusters }) => clusters.set(clusterId, testCluster({ activeZones: ['us-east-1a', 'us-east-1a'] })),
    ],
    [
      'IncorrectTrustAnchorException',
      ({ clusters }) => clusters.set(clusterId, testCluster({ trustAnchorCertificate: 'another' })),
    ],
  ])('%s', async (name, change) => {
    const { client, backends } = await world();
    change(backends);
    expect(await failure(client.createCustomKeyStore(hsmStore))).toBe(name);
    expect((await client.describeCustomKeyStores({})).CustomKeyStores).toEqual([]);
  });

  test('CloudHsmClusterInUseException, for a cluster and for one that shares its backup history', async () => {
    const { client, backends } = await world();
    await created(client, hsmStore);
    const another = { ...hsmStore, CustomKeyStoreName: 'Another' };
    expect(await failure(client.createCustomKeyStore(another))).toBe('CloudHsmClusterInUseException');
    backends.clusters.set(otherClusterId, testCluster({ backupHistoryId: 'history-1' }));
    const restored = { ...another, CloudHsmClusterId: otherClusterId };
    expect(await failure(client.createCustomKeyStore(restored))).toBe('CloudHsmClusterInUseException');
  });

  test.each([
    ['XKS_PROXY_NOT_REACHABLE', 'XksProxyUriUnreachableException'],
    ['XKS_PROXY_TIMED_OUT', 'XksProxyUriUnreachableException'],
    ['XKS_PROXY_ACCESS_DENIED', 'XksProxyIncorrectAuthenticationCredentialException'],
    ['XKS_PROXY_INVALID_CONFIGURATION', 'XksProxyInvalidConfigurationException'],
    ['XKS_PROXY_INVALID_RESPONSE', 'XksProxyInvalidResponseException'],
    [
      'XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION',
      'XksProxyVpcEndpointServiceInvalidConfigurationException',
    ],
  ] as const)('a proxy that answers %s: %s', async (problem, name) => {
    const { client, backends } = await world();
    backends.proxies.get(endpoint + path)!.problem = problem;
    expect(await failure(client.createCustomKeyStore(xksStore))).toBe(name);
  });

  test('proxies, endpoints and endpoint services belong to one store each', async () => {
    const { client, backends } = await world();
    const otherPath = '/other/kms/xks/v1';
    const privateEndpoint = 'https://private.example.com';
    for (const uri of [endpoint + otherPath, privateEndpoint + path, privateEndpoint + otherPath]) {
      backends.proxies.set(uri, testProxy({ accessKeyId }));
    }
    await created(client, xksStore);
    const overVpc = {
      ...xksStore,
      CustomKeyStoreName: 'Over VPC',
      XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
      XksProxyUriEndpoint: privateEndpoint,
      XksProxyVpcEndpointServiceName: serviceName,
      XksProxyVpcEndpointServiceOwner: '444455556666',
    } as const;
    const id = await created(client, overVpc);
    expect((await described(client, id)).XksProxyConfiguration).toMatchObject({
      VpcEndpointServiceName: serviceName,
      VpcEndpointServiceOwner: '444455556666',
    });
    const named = (
      change: Partial<CreateCustomKeyStoreCommandInput>,
      base: CreateCustomKeyStoreCommandInput = xksStore,
    ) => failure(client.createCustomKeyStore({ ...base, CustomKeyStoreName: 'Third', ...change }));
    expect(await named({})).toBe('XksProxyUriInUseException');
    expect(await named({ XksProxyUriEndpoint: privateEndpoint, XksProxyUriPath: otherPath })).toBe(
      'XksProxyUriEndpointInUseException',
    );
    expect(await named({ XksProxyUriEndpoint: 'https://third.example.com' }, overVpc)).toBe(
      'XksProxyVpcEndpointServiceInUseException',
    );
    // Public endpoints may be shared by path.
    expect(await named({ XksProxyUriPath: otherPath })).toBe('no failure');
  });

  test('LimitExceededException after ten stores', async () => {
    const { client, backends } = await world();
    for (let number = 0; number < 11; number++) {
      const uriPath = `/store-${number}/kms/xks/v1`;
      backends.proxies.set(endpoint + uriPath, testProxy({ accessKeyId }));
      const input = { ...xksStore, CustomKeyStoreName: `Store ${number}`, XksProxyUriPath: uriPath };
      expect(await failure(client.createCustomKeyStore(input))).toBe(
        number < 10 ? 'no failure' : 'LimitExceededException',
      );
    }
  });

  test('needs kms:CreateCustomKeyStore from an identity policy', async () => {
    const { cloud } = await world();
    expect(await failure(kms(cloud, 'Mallory').createCustomKeyStore(hsmStore))).toBe('AccessDeniedException');
  });
});

describe('DescribeCustomKeyStores', () => {
  test('finds by id or by name, and pages', async () => {
    const { client } = await world();
    const first = await created(client, hsmStore);
    const second = await created(client, xksStore);
    const byName = await client.describeCustomKeyStores({ CustomKeyStoreName: 'Proxy' });
    expect(byName.CustomKeyStores!.map(({ CustomKeyStoreId }) => CustomKeyStoreId)).toEqual([second]);
    const page = await client.describeCustomKeyStores({ Limit: 1 });
    expect(page.Truncated).toBe(true);
    const rest = await client.describeCustomKeyStores({ Limit: 1, Marker: page.NextMarker });
    expect(rest.Truncated).toBe(false);
    const ids = [...page.CustomKeyStores!, ...rest.CustomKeyStores!].map((store) => store.CustomKeyStoreId);
    expect(ids.sort()).toEqual([first, second].sort());
    expect(await failure(client.describeCustomKeyStores({ CustomKeyStoreName: 'None' }))).toBe(
      'CustomKeyStoreNotFoundException',
    );
    expect(
      await failure(
        client.describeCustomKeyStores({ CustomKeyStoreId: first, CustomKeyStoreName: 'Cluster' }),
      ),
    ).toBe('ValidationException');
    expect(await failure(client.describeCustomKeyStores({ Marker: '!' }))).toBe('InvalidMarkerException');
  });

  test('stores of another Region are not seen', async () => {
    const { cloud, client } = await world();
    const id = await created(client, hsmStore);
    const elsewhere = kms(cloud, 'Ada', { region: 'eu-west-1' });
    expect((await elsewhere.describeCustomKeyStores({})).CustomKeyStores).toEqual([]);
    expect(await failure(elsewhere.connectCustomKeyStore({ CustomKeyStoreId: id }))).toBe(
      'CustomKeyStoreNotFoundException',
    );
  });
});

describe('the connection', () => {
  test('goes from DISCONNECTED to CONNECTED and back, through states between', async () => {
    const all = await world();
    const { cloud, client, backends } = all;
    const id = await created(client, hsmStore);
    await client.connectCustomKeyStore({ CustomKeyStoreId: id });
    expect((await described(client, id)).ConnectionState).toBe('CONNECTING');
    expect(await failure(client.connectCustomKeyStore({ CustomKeyStoreId: id }))).toBe('no failure');
    await pass(cloud);
    expect((await described(client, id)).ConnectionState).toBe('CONNECTED');
    expect(backends.clusters.get(clusterId)!.isUserLoggedIn).toBe(true);
    await client.disconnectCustomKeyStore({ CustomKeyStoreId: id });
    expect((await described(client, id)).ConnectionState).toBe('DISCONNECTING');
    const refusals = await Promise.all([
      failure(client.connectCustomKeyStore({ CustomKeyStoreId: id })),
      failure(client.disconnectCustomKeyStore({ CustomKeyStoreId: id })),
      failure(client.deleteCustomKeyStore({ CustomKeyStoreId: id })),
    ]);
    expect(new Set(refusals)).toEqual(new Set(['CustomKeyStoreInvalidStateException']));
    await pass(cloud);
    expect((await described(client, id)).ConnectionState).toBe('DISCONNECTED');
    expect(backends.clusters.get(clusterId)!.isUserLoggedIn).toBe(false);
    expect(await failure(client.disconnectCustomKeyStore({ CustomKeyStoreId: id }))).toBe(
      'CustomKeyStoreInvalidStateException',
    );
  });

  test('can be broken off while it is being made', async () => {
    const { cloud, client } = await world();
    const id = await created(client, hsmStore);
    await client.connectCustomKeyStore({ CustomKeyStoreId: id });
    await client.disconnectCustomKeyStore({ CustomKeyStoreId: id });
    await pass(cloud);
    expect((await described(client, id)).ConnectionState).toBe('DISCONNECTED');
  });

  test.each<[string, (backends: TestBackends) => void]>([
    ['INVALID_CREDENTIALS', ({ clusters }) => (clusters.get(clusterId)!.password = 'changed')],
    ['USER_LOGGED_IN', ({ clusters }) => (clusters.get(clusterId)!.isUserLoggedIn = true)],
  ])('fails with %s', async (code, change) => {
    const all = await world();
    const id = await created(all.client, hsmStore);
    change(all.backends);
    await all.client.connectCustomKeyStore({ CustomKeyStoreId: id });
    await pass(all.cloud);
    expect(await described(all.client, id)).toMatchObject({
      ConnectionState: 'FAILED',
      ConnectionErrorCode: code,
    });
  });

  test('is refused at once by a cluster that is not fit', async () => {
    const { client, backends } = await world();
    const id = await created(client, hsmStore);
    const cluster = backends.clusters.get(clusterId)!;
    cluster.activeZones = [];
    expect(await failure(client.connectCustomKeyStore({ CustomKeyStoreId: id }))).toBe(
      'CloudHsmClusterInvalidConfigurationException',
    );
    cluster.state = 'UNINITIALIZED';
    expect(await failure(client.connectCustomKeyStore({ CustomKeyStoreId: id }))).toBe(
      'CloudHsmClusterNotActiveException',
    );
  });

  test('of an external key store fails with what the proxy answers', async () => {
    const { cloud, client, backends } = await world();
    const id = await created(client, xksStore);
    backends.proxies.get(endpoint + path)!.isSilent = true;
    await client.connectCustomKeyStore({ CustomKeyStoreId: id });
    await pass(cloud);
    expect((await described(client, id)).ConnectionErrorCode).toBe('XKS_PROXY_NOT_REACHABLE');
  });
});

describe('UpdateCustomKeyStore', () => {
  test('a new name is taken while connected; a password and a cluster are not', async () => {
    const all = await world();
    const { client } = all;
    const id = await connected(all);
    await client.updateCustomKeyStore({ CustomKeyStoreId: id, NewCustomKeyStoreName: 'Renamed' });
    expect((await described(client, id)).CustomKeyStoreName).toBe('Renamed');
    for (const change of [{ KeyStorePassword: 'another1' }, { CloudHsmClusterId: otherClusterId }]) {
      expect(await failure(client.updateCustomKeyStore({ CustomKeyStoreId: id, ...change }))).toBe(
        'CustomKeyStoreInvalidStateException',
      );
    }
  });

  test('the password is what connecting uses', async () => {
    const { cloud, client, backends } = await world();
    const id = await created(client, hsmStore);
    backends.clusters.get(clusterId)!.password = 'another1';
    await client.updateCustomKeyStore({ CustomKeyStoreId: id, KeyStorePassword: 'another1' });
    await client.connectCustomKeyStore({ CustomKeyStoreId: id });
    await pass(cloud);
    expect((await described(client, id)).ConnectionState).toBe('CONNECTED');
  });

  test('moves to a related cluster only', async () => {
    const { client, backends } = await world();
    const id = await created(client, hsmStore);
    const move = { CustomKeyStoreId: id, CloudHsmClusterId: otherClusterId };
    expect(await failure(client.updateCustomKeyStore(move))).toBe('CloudHsmClusterNotRelatedException');
    backends.clusters.set(otherClusterId, testCluster());
    await client.updateCustomKeyStore(move);
    expect((await described(client, id)).CloudHsmClusterId).toBe(otherClusterId);
    backends.clusters.delete(clusterId);
    const back = { CustomKeyStoreId: id, CloudHsmClusterId: clusterId };
    expect(await failure(client.updateCustomKeyStore(back))).toBe('CloudHsmClusterNotFoundException');
  });

  test('of a proxy: path and credential while connected, endpoint only when not', async () => {
    const all = await world();
    const { cloud, client, backends } = all;
    const id = await connected(all, xksStore);
    const otherPath = '/other/kms/xks/v1';
    const credential = { AccessKeyId: 'ZYXWV22345672EXAMPLE', RawSecretAccessKey: secret };
    backends.proxies.set(endpoint + otherPath, testProxy({ accessKeyId: credential.AccessKeyId }));
    expect(
      await failure(client.updateCustomKeyStore({ CustomKeyStoreId: id, XksProxyUriPath: otherPath })),
    ).toBe('XksProxyIncorrectAuthenticationCredentialException');
    await client.updateCustomKeyStore({
      CustomKeyStoreId: id,
      XksProxyUriPath: otherPath,
      XksProxyAuthenticationCredential: credential,
    });
    expect((await described(client, id)).XksProxyConfiguration).toMatchObject({
      UriPath: otherPath,
      AccessKeyId: credential.AccessKeyId,
    });
    const move = { CustomKeyStoreId: id, XksProxyUriEndpoint: 'https://moved.example.com' };
    expect(await failure(client.updateCustomKeyStore(move))).toBe('CustomKeyStoreInvalidStateException');
    await client.disconnectCustomKeyStore({ CustomKeyStoreId: id });
    await pass(cloud);
    expect(await failure(client.updateCustomKeyStore(move))).toBe('XksProxyUriUnreachableException');
    backends.proxies.set(
      `https://moved.example.com${otherPath}`,
      testProxy({ accessKeyId: credential.AccessKeyId }),
    );
    await client.updateCustomKeyStore(move);
    const overVpc = { CustomKeyStoreId: id, XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' } as const;
    expect(await failure(client.updateCustomKeyStore(overVpc))).toBe('ValidationException');
    await client.updateCustomKeyStore({
      ...overVpc,
      XksProxyUriEndpoint: 'https://moved.example.com',
      XksProxyVpcEndpointServiceName: serviceName,
    });
    expect((await described(client, id)).XksProxyConfiguration).toMatchObject({
      Connectivity: 'VPC_ENDPOINT_SERVICE',
      VpcEndpointServiceName: serviceName,
    });
  });

  test('refuses a name in use, and members of the other type', async () => {
    const { client } = await world();
    const id = await created(client, hsmStore);
    await created(client, xksStore);
    expect(
      await failure(client.updateCustomKeyStore({ CustomKeyStoreId: id, NewCustomKeyStoreName: 'Proxy' })),
    ).toBe('CustomKeyStoreNameInUseException');
    expect(await failure(client.updateCustomKeyStore({ CustomKeyStoreId: id, XksProxyUriPath: path }))).toBe(
      'ValidationException',
    );
    expect(await failure(client.updateCustomKeyStore({ CustomKeyStoreId: 'cks-1' }))).toBe(
      'CustomKeyStoreNotFoundException',
    );
  });
});

test('DeleteCustomKeyStore forgets a disconnected store', async () => {
  const all = await world();
  const { client, cloud } = all;
  const id = await connected(all);
  expect(await failure(client.deleteCustomKeyStore({ CustomKeyStoreId: id }))).toBe(
    'CustomKeyStoreInvalidStateException',
  );
  await client.disconnectCustomKeyStore({ CustomKeyStoreId: id });
  await pass(cloud);
  await client.deleteCustomKeyStore({ CustomKeyStoreId: id });
  expect(await failure(client.describeCustomKeyStores({ CustomKeyStoreId: id }))).toBe(
    'CustomKeyStoreNotFoundException',
  );
});

test('CloudTrail tells what was done to which store, and no secret', async () => {
  const all = await world();
  const { client, cloud } = all;
  const id = await connected(all);
  await created(client, xksStore);
  await client.updateCustomKeyStore({
    CustomKeyStoreId: id,
    NewCustomKeyStoreName: 'Renamed',
  });
  const records = await auditRecords(cloud);
  expect(records.find(({ eventName }) => eventName === 'CreateCustomKeyStore')).toMatchObject({
    readOnly: false,
    requestParameters: { customKeyStoreName: 'Cluster', clusterId, customKeyStoreType: 'AWS_CLOUDHSM' },
    responseElements: { customKeyStoreId: id },
  });
  expect(records.find(({ eventName }) => eventName === 'ConnectCustomKeyStore')).toMatchObject({
    requestParameters: { customKeyStoreId: id },
    responseElements: null,
    additionalEventData: { customKeyStoreName: 'Cluster', clusterId },
  });
  expect(JSON.stringify(records)).not.toMatch(
    new RegExp(`kmsPswd|BEGIN CERTIFICATE|${secret}|${accessKeyId}`),
  );
});

test('traces show no password and no secret', async () => {
  const { client, cloud } = await world();
  const traces: TraceRecord[] = [];
  cloud.observe((observation) => void traces.push(observation.trace));
  await created(client, hsmStore);
  await created(client, xksStore);
  await vi.waitFor(() => {
    // The SDK's first request has the wrong time, until it knows the cloud's.
    expect(traces.filter(({ status }) => status === 200)).toHaveLength(2);
  });
  const seen = JSON.stringify(traces);
  expect(seen).toContain(clusterId);
  expect(seen).not.toMatch(new RegExp(`kmsPswd|${secret}`));
});
