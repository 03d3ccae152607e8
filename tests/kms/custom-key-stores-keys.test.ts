import type { KMS } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import type { Cloud, CloudOptions } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { auditRecords } from '../support/audit.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { startEnclave } from '../support/enclave.ts';
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

/** Keys in custom key stores: KMS Developer Guide, "Create KMS keys in …" and "Key states". */

const path = '/kms/xks/v1';
const xksKeyId = 'bb8562717f809024';

const start = Date.UTC(2026, 10, 1);

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array | undefined) => new TextDecoder().decode(data);
const context = { dept: 'IT', 'stage-é': 'prod' };

interface World {
  cloud: Cloud;
  client: KMS;
  backends: TestBackends;
  hsmStore: string;
  xksStore: string;
}

/** A cloud with one connected store of each type. */
async function world(options: Partial<CloudOptions> = {}): Promise<World> {
  const backends = testBackends();
  backends.clusters.set(clusterId, testCluster());
  backends.proxies.set(
    endpoint + path,
    testProxy({ accessKeyId, keys: new Map([[xksKeyId, externalKey()]]) }),
  );
  const clock = manualClock(start);
  const cloud = await openTestCloud({ clock, keyStores: backends, ...options });
  const client = kms(cloud);
  const { CustomKeyStoreId: hsmStore } = await client.createCustomKeyStore({
    CustomKeyStoreName: 'Cluster',
    CloudHsmClusterId: clusterId,
    KeyStorePassword: 'kmsPswd',
    TrustAnchorCertificate: trustAnchor,
  });
  const { CustomKeyStoreId: xksStore } = await client.createCustomKeyStore({
    CustomKeyStoreName: 'Proxy',
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: endpoint,
    XksProxyUriPath: path,
    XksProxyAuthenticationCredential: { AccessKeyId: accessKeyId, RawSecretAccessKey: 'a'.repeat(43) },
  });
  const all = { cloud, client, backends, hsmStore: hsmStore!, xksStore: xksStore! };
  for (const id of [all.hsmStore, all.xksStore]) await client.connectCustomKeyStore({ CustomKeyStoreId: id });
  await pass(cloud);
  return all;
}

function externalKey(isEnabled = true) {
  return { key: Buffer.alloc(32, 5), isEnabled };
}

const clusterKey = async ({ client, hsmStore }: World) =>
  (await client.createKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: hsmStore })).KeyMetadata!;

const proxyKey = async ({ client, xksStore }: World) =>
  (await client.createKey({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: xksStore, XksKeyId: xksKeyId }))
    .KeyMetadata!;

const kinds = [
  ['a CloudHSM key store', clusterKey, (all: World) => all.hsmStore],
  ['an external key store', proxyKey, (all: World) => all.xksStore],
] as const;

describe('CreateKey', () => {
  test('in a CloudHSM key store: metadata and trail', async () => {
    const all = await world();
    const metadata = await clusterKey(all);
    expect(metadata).toMatchObject({
      Origin: 'AWS_CLOUDHSM',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      CustomKeyStoreId: all.hsmStore,
      CloudHsmClusterId: clusterId,
    });
    expect(metadata.CurrentKeyMaterialId).toBeUndefined();
    const backingKeyIds = [...all.backends.clusters.get(clusterId)!.keys.keys()];
    expect(backingKeyIds).toHaveLength(1);
    const record = (await auditRecords(all.cloud)).find(({ eventName }) => eventName === 'CreateKey');
    expect(record).toMatchObject({
      requestParameters: { customKeyStoreId: all.hsmStore, origin: 'AWS_CLOUDHSM' },
      additionalEventData: { customKeyStoreId: all.hsmStore, backingKeyId: backingKeyIds[0] },
    });
  });

  test('in an external key store: metadata and trail', async () => {
    const all = await world();
    const metadata = await proxyKey(all);
    expect(metadata).toMatchObject({
      Origin: 'EXTERNAL_KEY_STORE',
      CustomKeyStoreId: all.xksStore,
      XksKeyConfiguration: { Id: xksKeyId },
    });
    expect(metadata.CloudHsmClusterId).toBeUndefined();
    expect(metadata.CurrentKeyMaterialId).toBeUndefined();
    const record = (await auditRecords(all.cloud)).find(({ eventName }) => eventName === 'CreateKey');
    expect(record!.additionalEventData).toEqual({ customKeyStoreId: all.xksStore, xksKeyId });
  });

  test('refuses what does not go together', async () => {
    const { client, hsmStore, xksStore } = await world();
    const named = (input: Parameters<KMS['createKey']>[0]) => failure(client.createKey(input));
    const inCluster = { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: hsmStore } as const;
    const inProxy = { Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: xksStore, XksKeyId: xksKeyId } as const;
    expect(await named({ Origin: 'AWS_CLOUDHSM' })).toBe('ValidationException');
    expect(await named({ CustomKeyStoreId: hsmStore })).toBe('ValidationException');
    expect(await named({ ...inCluster, XksKeyId: xksKeyId })).toBe('ValidationException');
    expect(await named({ ...inProxy, XksKeyId: undefined })).toBe('ValidationException');
    expect(await named({ ...inCluster, MultiRegion: true })).toBe('UnsupportedOperationException');
    expect(await named({ ...inCluster, KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })).toBe(
      'UnsupportedOperationException',
    );
    expect(await named({ ...inCluster, KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' })).toBe(
      'UnsupportedOperationException',
    );
    expect(await named({ ...inCluster, CustomKeyStoreId: xksStore })).toBe('UnsupportedOperationException');
    expect(await named({ ...inCluster, CustomKeyStoreId: 'cks-1234567890abcdef0' })).toBe(
      'CustomKeyStoreNotFoundException',
    );
  });

  test('needs a connected store, and two active HSMs in different zones', async () => {
    const all = await world();
    all.backends.clusters.get(clusterId)!.activeZones = ['us-east-1a'];
    expect(await failure(clusterKey(all))).toBe('CloudHsmClusterInvalidConfigurationException');
    for (const [, create, storeOf] of kinds) {
      await all.client.disconnectCustomKeyStore({ CustomKeyStoreId: storeOf(all) });
      expect(await failure(create(all))).toBe('CustomKeyStoreInvalidStateException');
    }
  });

  test('an external key is one KMS key’s in a store, known to the proxy, and usable', async () => {
    const all = await world();
    const { client, backends, xksStore } = all;
    await proxyKey(all);
    expect(await failure(proxyKey(all))).toBe('XksKeyAlreadyInUseException');
    const other = (XksKeyId: string) =>
      failure(client.createKey({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: xksStore, XksKeyId }));
    expect(await other('unknown')).toBe('XksKeyNotFoundException');
    backends.proxies.get(endpoint + path)!.keys.set('disabled', externalKey(false));
    expect(await other('disabled')).toBe('XksKeyInvalidConfigurationException');
  });
});

describe.each(kinds)('a key in %s', (_name, create, storeOf) => {
  test('encrypts, and a ciphertext names its key', async () => {
    const all = await world();
    const { client } = all;
    const { Arn, KeyId } = await create(all);
    const { CiphertextBlob } = await client.encrypt({
      KeyId,
      Plaintext: bytes('a secret'),
      EncryptionContext: context,
    });
    const opened = await client.decrypt({ CiphertextBlob, EncryptionContext: context });
    expect(text(opened.Plaintext)).toBe('a secret');
    expect(opened.KeyId).toBe(Arn);
    expect(opened.KeyMaterialId).toBeUndefined();
    const named = await client.decrypt({ CiphertextBlob, KeyId, EncryptionContext: context });
    expect(text(named.Plaintext)).toBe('a secret');
  });

  test('is not asked for anything in a dry run', async () => {
    const all = await world();
    const { client, backends } = all;
    const { KeyId } = await create(all);
    const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext: bytes('a secret') });
    const plain = (await client.createKey({})).KeyMetadata!.KeyId;
    const inside = await client.encrypt({ KeyId: plain, Plaintext: bytes('moves') });
    // Nobody there would answer.
    backends.clusters.get(clusterId)!.isSilent = true;
    const proxy = backends.proxies.get(endpoint + path)!;
    proxy.isSilent = true;
    proxy.seen.length = 0;
    const DryRun = true;
    for (const request of [
      () => client.encrypt({ KeyId, Plaintext: bytes('a secret'), DryRun }),
      () => client.decrypt({ CiphertextBlob, DryRun }),
      () => client.generateDataKey({ KeyId, KeySpec: 'AES_256', DryRun }),
      () => client.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_256', DryRun }),
      () => client.reEncrypt({ CiphertextBlob, DestinationKeyId: plain, DryRun }),
      () => client.reEncrypt({ CiphertextBlob: inside.CiphertextBlob, DestinationKeyId: KeyId, DryRun }),
    ]) {
      expect(await failure(request())).toBe('DryRunOperationException');
    }
    expect(proxy.seen).toEqual([]);
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    expect(await failure(client.decrypt({ KeyId, CiphertextBlob, EncryptionAlgorithm, DryRun }))).toBe(
      'InvalidKeyUsageException',
    );
  });

  test('takes 4096 bytes', async () => {
    const all = await world();
    const { KeyId } = await create(all);
    const Plaintext = new Uint8Array(4096).fill(9);
    const { CiphertextBlob } = await all.client.encrypt({ KeyId, Plaintext });
    expect((await all.client.decrypt({ CiphertextBlob })).Plaintext).toEqual(Plaintext);
  });

  test('binds the encryption context, every byte of the ciphertext, and the key', async () => {
    const all = await world();
    const { client } = all;
    const { KeyId } = await create(all);
    const { CiphertextBlob } = await client.encrypt({
      KeyId,
      Plaintext: bytes('a secret'),
      EncryptionContext: context,
    });
    expect(await failure(client.decrypt({ CiphertextBlob }))).toBe('InvalidCiphertextException');
    for (const index of [0, 4, 36, 37, CiphertextBlob!.length - 1]) {
      const altered = Uint8Array.from(CiphertextBlob!);
      altered[index]! ^= 1;
      expect(
        await failure(client.decrypt({ KeyId, CiphertextBlob: altered, EncryptionContext: context })),
      ).toBe('InvalidCiphertextException');
    }
    const other = await client.createKey({});
    expect(
      await failure(
        client.decrypt({ KeyId: other.KeyMetadata!.KeyId, CiphertextBlob, EncryptionContext: context }),
      ),
    ).toBe('IncorrectKeyException');
    expect(
      await failure(client.decrypt({ KeyId, CiphertextBlob, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' })),
    ).toBe('InvalidKeyUsageException');
  });

  test('makes data keys', async () => {
    const all = await world();
    const { KeyId } = await create(all);
    const made = await all.client.generateDataKey({ KeyId, KeySpec: 'AES_256', EncryptionContext: context });
    expect(made.Plaintext).toHaveLength(32);
    expect(made.KeyMaterialId).toBeUndefined();
    const opened = await all.client.decrypt({
      CiphertextBlob: made.CiphertextBlob,
      EncryptionContext: context,
    });
    expect(opened.Plaintext).toEqual(made.Plaintext);
    const sealed = await all.client.generateDataKeyWithoutPlaintext({ KeyId, NumberOfBytes: 24 });
    expect(sealed).not.toHaveProperty('Plaintext');
    expect((await all.client.decrypt({ CiphertextBlob: sealed.CiphertextBlob })).Plaintext).toHaveLength(24);
  });

  test('is a source and a destination of ReEncrypt', async () => {
    const all = await world();
    const { client } = all;
    const { KeyId, Arn } = await create(all);
    const plain = await client.createKey({});
    const { CiphertextBlob } = await client.encrypt({
      KeyId: plain.KeyMetadata!.KeyId,
      Plaintext: bytes('moves'),
      EncryptionContext: { from: 'here' },
    });
    const into = await client.reEncrypt({
      CiphertextBlob,
      SourceEncryptionContext: { from: 'here' },
      DestinationKeyId: KeyId,
      DestinationEncryptionContext: context,
    });
    expect(into).toMatchObject({
      KeyId: Arn,
      SourceKeyId: plain.KeyMetadata!.Arn,
      SourceKeyMaterialId: plain.KeyMetadata!.CurrentKeyMaterialId,
    });
    expect(into.DestinationKeyMaterialId).toBeUndefined();
    const back = await client.reEncrypt({
      CiphertextBlob: into.CiphertextBlob,
      SourceEncryptionContext: context,
      DestinationKeyId: plain.KeyMetadata!.KeyId,
    });
    expect(text((await client.decrypt({ CiphertextBlob: back.CiphertextBlob })).Plaintext)).toBe('moves');
  });

  test('serves enclaves: what leaves KMS is encrypted to them alone', async () => {
    const all = await world();
    const { client } = all;
    const enclave = startEnclave(all.cloud, { 0: 'ab'.repeat(48) });
    const { KeyId } = await create(all);
    const Recipient = await enclave.recipient();
    const made = await client.generateDataKey({ KeyId, KeySpec: 'AES_256', Recipient });
    expect(made).not.toHaveProperty('Plaintext');
    const { Plaintext } = await client.decrypt({ CiphertextBlob: made.CiphertextBlob });
    expect(enclave.open(made.CiphertextForRecipient)).toEqual(new Uint8Array(Plaintext!));
    const opened = await client.decrypt({ CiphertextBlob: made.CiphertextBlob, Recipient });
    expect(opened).not.toHaveProperty('Plaintext');
    expect(enclave.open(opened.CiphertextForRecipient)).toEqual(new Uint8Array(Plaintext!));
  });

  test('makes no key pairs, whether its store is connected or not', async () => {
    const all = await world();
    const { KeyId, Arn, Origin } = await create(all);
    const refused = {
      name: 'UnsupportedOperationException',
      message: `${Arn} origin is ${Origin} which is not valid for this operation.`,
    };
    const request = { KeyId, KeyPairSpec: 'ECC_NIST_P256' } as const;
    await expect(all.client.generateDataKeyPair(request)).rejects.toMatchObject(refused);
    await all.client.disconnectCustomKeyStore({ CustomKeyStoreId: storeOf(all) });
    await expect(all.client.generateDataKeyPairWithoutPlaintext(request)).rejects.toMatchObject(refused);
  });

  test('is Unavailable from the disconnection on, and back with what was changed meanwhile', async () => {
    const all = await world();
    const { client, cloud } = all;
    const { KeyId, Arn } = await create(all);
    const state = async () => (await client.describeKey({ KeyId })).KeyMetadata!;
    const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext: bytes('a secret') });
    const CustomKeyStoreId = storeOf(all);
    await client.disconnectCustomKeyStore({ CustomKeyStoreId });
    expect(await state()).toMatchObject({ KeyState: 'Unavailable', Enabled: false });
    await expect(client.decrypt({ CiphertextBlob })).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: `${Arn} is unavailable.`,
    });
    await pass(cloud);
    await client.disableKey({ KeyId });
    expect((await state()).KeyState).toBe('Unavailable');
    await client.connectCustomKeyStore({ CustomKeyStoreId });
    expect((await state()).KeyState).toBe('Unavailable');
    await pass(cloud);
    expect((await state()).KeyState).toBe('Disabled');
    await client.enableKey({ KeyId });
    expect(text((await client.decrypt({ CiphertextBlob })).Plaintext)).toBe('a secret');
    await client.disconnectCustomKeyStore({ CustomKeyStoreId });
    await pass(cloud);
    await client.connectCustomKeyStore({ CustomKeyStoreId });
    await pass(cloud);
    expect((await state()).KeyState).toBe('Enabled');
  });

  test('keeps its store alive, and its trail tells where it is', async () => {
    const all = await world();
    const { client, cloud } = all;
    const { KeyId } = await create(all);
    await client.encrypt({ KeyId, Plaintext: bytes('a secret') });
    const record = (await auditRecords(cloud)).find(({ eventName }) => eventName === 'Encrypt');
    expect(record!.additionalEventData).toMatchObject({ customKeyStoreId: storeOf(all) });
    await client.disconnectCustomKeyStore({ CustomKeyStoreId: storeOf(all) });
    await pass(cloud);
    expect(await failure(client.deleteCustomKeyStore({ CustomKeyStoreId: storeOf(all) }))).toBe(
      'CustomKeyStoreHasCMKsException',
    );
  });

  test('leaves its store when its deletion comes, and CloudTrail tells', async () => {
    const all = await world();
    const { client, cloud, backends } = all;
    const { KeyId, Arn } = await create(all);
    const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext: bytes('a secret') });
    await client.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    await cloud.clock.moveTo(cloud.clock.now() + 8 * 86_400_000);
    expect(await failure(client.describeKey({ KeyId }))).toBe('NotFoundException');
    expect(await failure(client.decrypt({ CiphertextBlob }))).toBe('AccessDeniedException');
    expect(backends.clusters.get(clusterId)!.keys.size).toBe(0);
    expect(backends.proxies.get(endpoint + path)!.keys.has(xksKeyId)).toBe(true);
    const record = (await auditRecords(cloud)).find(({ eventName }) => eventName === 'DeleteKey');
    expect(record).toMatchObject({
      resources: [{ ARN: Arn }],
      additionalEventData: { customKeyStoreId: storeOf(all) },
    });
    await client.disconnectCustomKeyStore({ CustomKeyStoreId: storeOf(all) });
    await pass(cloud);
    await client.deleteCustomKeyStore({ CustomKeyStoreId: storeOf(all) });
  });

  test('whose deletion is called off while its store is disconnected is Disabled in the end', async () => {
    const all = await world();
    const { client, cloud } = all;
    const { KeyId } = await create(all);
    const state = async () => (await client.describeKey({ KeyId })).KeyMetadata!.KeyState;
    const CustomKeyStoreId = storeOf(all);
    await client.scheduleKeyDeletion({ KeyId });
    await client.disconnectCustomKeyStore({ CustomKeyStoreId });
    expect(await state()).toBe('PendingDeletion');
    await client.cancelKeyDeletion({ KeyId });
    expect(await state()).toBe('Unavailable');
    await pass(cloud);
    await client.connectCustomKeyStore({ CustomKeyStoreId });
    await pass(cloud);
    expect(await state()).toBe('Disabled');
  });

  test('fails with KMSInvalidStateException when what is behind it does, and stays Enabled', async () => {
    const all = await world();
    const { client, backends } = all;
    const { KeyId } = await create(all);
    const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext: bytes('a secret') });
    backends.clusters.get(clusterId)!.isSilent = true;
    backends.proxies.get(endpoint + path)!.isSilent = true;
    const requests = [
      client.decrypt({ CiphertextBlob }),
      client.encrypt({ KeyId, Plaintext: bytes('more') }),
      client.generateDataKey({ KeyId, KeySpec: 'AES_256' }),
    ];
    expect(await Promise.all(requests.map(failure))).toEqual(Array(3).fill('KMSInvalidStateException'));
    backends.clusters.get(clusterId)!.isSilent = false;
    backends.proxies.get(endpoint + path)!.isSilent = false;
    backends.clusters.get(clusterId)!.keys.clear();
    backends.proxies.get(endpoint + path)!.keys.clear();
    expect(await failure(client.decrypt({ CiphertextBlob }))).toBe('KMSInvalidStateException');
    expect((await client.describeKey({ KeyId })).KeyMetadata!.KeyState).toBe('Enabled');
  });
});

test('an external key encrypts only what the module has encrypted already, and both are needed', async () => {
  const all = await world();
  const { client, backends } = all;
  const { KeyId } = await proxyKey(all);
  const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext: bytes('a secret for two') });
  const [inner] = backends.proxies.get(endpoint + path)!.seen;
  expect(Buffer.from(inner!).includes('a secret for two')).toBe(false);
  // What the proxy saw is a blob of KMS's own: without the external key it is not taken.
  expect(Buffer.from(inner!).toString('base64')).toMatch(/^AQICAH/);
  expect(await failure(client.decrypt({ KeyId, CiphertextBlob: inner }))).toBe('InvalidCiphertextException');
  expect(text((await client.decrypt({ CiphertextBlob })).Plaintext)).toBe('a secret for two');
});

test('a key whose cluster is disconnected at its deletion leaves an orphan behind', async () => {
  const all = await world();
  const { client, cloud, backends } = all;
  const { KeyId } = await clusterKey(all);
  await client.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  await client.disconnectCustomKeyStore({ CustomKeyStoreId: all.hsmStore });
  await cloud.clock.moveTo(cloud.clock.now() + 8 * 86_400_000);
  expect(await failure(client.describeKey({ KeyId }))).toBe('NotFoundException');
  const [backingKeyId] = backends.clusters.get(clusterId)!.keys.keys();
  const record = (await auditRecords(cloud)).find(({ eventName }) => eventName === 'DeleteKey');
  expect(record!.additionalEventData).toEqual({
    customKeyStoreId: all.hsmStore,
    clusterId,
    backingKeys: JSON.stringify([{ backingKeyId }]),
    backingKeysDeletionStatus: JSON.stringify([{ backingKeyId, deletionStatus: 'FAILURE' }]),
  });
});

test('GenerateRandom draws from the cluster of a connected CloudHSM key store', async () => {
  const { client, cloud, hsmStore, xksStore } = await world();
  const random = await client.generateRandom({ NumberOfBytes: 5, CustomKeyStoreId: hsmStore });
  expect(random.Plaintext).toEqual(new Uint8Array(5).fill(7));
  const enclave = startEnclave(cloud, { 0: 'ab'.repeat(48) });
  const enclosed = await client.generateRandom({
    NumberOfBytes: 5,
    CustomKeyStoreId: hsmStore,
    Recipient: await enclave.recipient(),
  });
  expect(enclosed).not.toHaveProperty('Plaintext');
  expect(enclave.open(enclosed.CiphertextForRecipient)).toEqual(random.Plaintext);
  const named = (CustomKeyStoreId: string) =>
    failure(client.generateRandom({ NumberOfBytes: 5, CustomKeyStoreId }));
  expect(await named(xksStore)).toBe('UnsupportedOperationException');
  expect(await named('cks-1234567890abcdef0')).toBe('CustomKeyStoreNotFoundException');
  await client.disconnectCustomKeyStore({ CustomKeyStoreId: hsmStore });
  await pass(cloud);
  expect(await named(hsmStore)).toBe('CustomKeyStoreInvalidStateException');
});

test('a cloud that is opened again finds its stores connected and their keys in them', async () => {
  const clock = manualClock(start);
  const adapter = memoryAdapter();
  const hsm = await openHsm({ store: memoryHsmStore(), clock, randomness: systemRandomness });
  const all = await world({ adapter, hsm, clock });
  const { KeyId } = await proxyKey(all);
  const { CiphertextBlob } = await all.client.encrypt({ KeyId, Plaintext: bytes('a secret') });
  await all.cloud.flush();
  const reopened = await openTestCloud({ adapter, hsm, clock, keyStores: all.backends });
  expect(text((await kms(reopened).decrypt({ CiphertextBlob })).Plaintext)).toBe('a secret');
});
