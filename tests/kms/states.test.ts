import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { CreateKeyRequest, GetParametersForImportResponse, KeyState, KMS } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { operations } from '../../src/engine/kms/operations/index.ts';
import { testBackends, testCluster, trustAnchor } from '../support/key-store-backends.ts';
import { importInto, oaep, wrap } from './importing.ts';
import { abroad, inRegion, second, stillWorld, type World } from './life.ts';
import { newKey } from './support.ts';

/**
 * Every operation on a key in every state, held against AWS's own table: KMS Developer Guide, "Key states of AWS KMS
 * keys", as it is printed there, and not as the engine has it. A dash: there is no such key.
 */
const table = `
                                      Enabled Disabled PendingImport PendingDeletion PendingReplicaDeletion Unavailable Creating Updating
  CancelKeyDeletion                   not     not      not           ok              ok                     not         not      not
  CreateAlias                         ok      ok       ok            del             del                    ok          ok       ok
  CreateGrant                         ok      dis      imp           del             del                    ok          cre      ok
  Decapsulate                         ok      dis      -             del             del                    -           cre      ok
  Decrypt                             ok      dis      imp           del             del                    una         cre      ok
  DeleteAlias                         ok      ok       ok            ok              ok                     ok          ok       ok
  DeleteImportedKeyMaterial           ok      ok       ok            ok              ok                     uns         cre      upd
  DeriveSharedSecret                  ok      dis      imp           del             del                    -           cre      ok
  DescribeKey                         ok      ok       ok            ok              ok                     ok          ok       ok
  DisableKey                          ok      ok       imp           del             del                    ok          cre      upd
  DisableKeyRotation                  ok      dis      uns           del             del                    uns         cre      ok
  EnableKey                           ok      ok       imp           del             del                    ok          cre      upd
  EnableKeyRotation                   ok      dis      uns           del             del                    uns         cre      ok
  Encapsulate                         ok      dis      -             del             del                    -           cre      ok
  Encrypt                             ok      dis      imp           del             del                    una         cre      ok
  GenerateDataKey                     ok      dis      imp           del             del                    una         cre      ok
  GenerateDataKeyPair                 ok      dis      imp           del             del                    uns         cre      ok
  GenerateDataKeyPairWithoutPlaintext ok      dis      imp           del             del                    uns         cre      ok
  GenerateDataKeyWithoutPlaintext     ok      dis      imp           del             del                    una         cre      ok
  GenerateMac                         ok      dis      imp           del             del                    -           cre      ok
  GetKeyLastUsage                     ok      ok       ok            ok              ok                     ok          ok       ok
  GetKeyPolicy                        ok      ok       ok            ok              ok                     ok          ok       ok
  GetKeyRotationStatus                ok      ok       uns           ok              ok                     uns         ok       ok
  GetParametersForImport              ok      ok       ok            del             del                    uns         cre      upd
  GetPublicKey                        ok      ok       ok            del             del                    -           cre      ok
  ImportKeyMaterial                   ok      ok       ok            del             del                    uns         cre      ok
  ListGrants                          ok      ok       ok            ok              ok                     ok          ok       ok
  ListKeyPolicies                     ok      ok       ok            ok              ok                     ok          ok       ok
  ListKeyRotations                    ok      ok       ok            ok              ok                     uns         cre      ok
  ListResourceTags                    ok      ok       ok            ok              ok                     ok          ok       ok
  PutKeyPolicy                        ok      ok       ok            ok              ok                     ok          ok       ok
  ReEncrypt                           ok      dis      imp           del             del                    una         cre      ok
  ReplicateKey                        ok      dis      imp           del             del                    -           cre      upd
  RotateKeyOnDemand                   ok      dis      imp           del             del                    uns         cre      ok
  ScheduleKeyDeletion                 ok      ok       ok            del             del                    ok          ok       upd
  Sign                                ok      dis      imp           del             del                    -           cre      ok
  TagResource                         ok      ok       ok            del             del                    ok          ok       ok
  UntagResource                       ok      ok       ok            del             del                    ok          ok       ok
  UpdateAlias                         ok      ok       ok            del             del                    ok          ok       ok
  UpdateKeyDescription                ok      ok       ok            del             del                    ok          ok       ok
  UpdatePrimaryRegion                 ok      dis      imp           del             del                    -           cre      ok
  Verify                              ok      dis      imp           del             del                    -           cre      ok
  VerifyMac                           ok      dis      imp           del             del                    -           cre      ok
`;

const [header = '', ...rows] = table.trim().split('\n');
const states = header.trim().split(/\s+/) as KeyState[];

/** Outcomes by operation for one state. */
function column(state: KeyState): Record<string, string> {
  const cells = rows.map((row) => row.trim().split(/\s+/));
  const index = states.indexOf(state) + 1;
  const entries = cells
    .filter((cell) => cell[index] !== '-')
    .map((cell): [string, string] => [cell[0]!, cell[index]!]);
  return Object.fromEntries(entries);
}

/** What AWS's words for each outcome are. */
function outcome(error: unknown, arn: string): string {
  const { name, message } = error as Error;
  const words: Record<string, string> = {
    [`DisabledException: ${arn} is disabled.`]: 'dis',
    [`KMSInvalidStateException: ${arn} is pending import.`]: 'imp',
    [`KMSInvalidStateException: ${arn} is pending deletion.`]: 'del',
    [`KMSInvalidStateException: ${arn} is not pending deletion.`]: 'not',
    [`KMSInvalidStateException: ${arn} is unavailable.`]: 'una',
    [`KMSInvalidStateException: ${arn} is creating.`]: 'cre',
    [`KMSInvalidStateException: ${arn} is updating.`]: 'upd',
  };
  if (name === 'UnsupportedOperationException') return 'uns';
  return words[`${name}: ${message}`] ?? `${name}: ${message}`;
}

/** A key in some state. */
interface Key {
  client: KMS;
  KeyId: string;
  /** Those for an import that were to be had before it came into its state. */
  parameters?: GetParametersForImportResponse;
}

interface Subject extends Key {
  /** An alias of it. */
  AliasName: string;
  /** What it gave while it could. */
  made: Uint8Array;
}

interface Case {
  about?: CreateKeyRequest;
  /** Has something made by the key while it can be used. */
  make?: (client: KMS, KeyId: string) => Promise<Uint8Array>;
  act: (subject: Subject, world: World) => Promise<unknown>;
}

const Plaintext = new Uint8Array([1, 2, 3]);
const Message = Plaintext;
const signer: CreateKeyRequest = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
const macKey: CreateKeyRequest = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
const agreement: CreateKeyRequest = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' };
const kem: CreateKeyRequest = { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' };
const external: CreateKeyRequest = { Origin: 'EXTERNAL' };
const SigningAlgorithm = 'ECDSA_SHA_256';
const MacAlgorithm = 'HMAC_SHA_256';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' }],
});

const encrypted = async (client: KMS, KeyId: string) =>
  (await client.encrypt({ KeyId, Plaintext })).CiphertextBlob!;

let aliases = 0;
async function aliasOf(client: KMS, TargetKeyId: string): Promise<string> {
  const AliasName = `alias/a${aliases++}`;
  await client.createAlias({ AliasName, TargetKeyId });
  return AliasName;
}

const cases: Record<string, Case> = {
  CancelKeyDeletion: { act: ({ client, KeyId }) => client.cancelKeyDeletion({ KeyId }) },
  CreateAlias: { act: ({ client, KeyId }) => aliasOf(client, KeyId) },
  CreateGrant: {
    act: ({ client, KeyId }) =>
      client.createGrant({
        KeyId,
        GranteePrincipal: 'arn:aws:iam::111122223333:user/Gus',
        Operations: ['DescribeKey'],
      }),
  },
  Decapsulate: {
    about: kem,
    make: async (client, KeyId) =>
      (await client.encapsulate({ KeyId, EncapsulationAlgorithm: 'ML_KEM' })).SharedSecretCiphertextBlob!,
    act: ({ client, KeyId, made }) =>
      client.decapsulate({
        KeyId,
        EncapsulationAlgorithm: 'ML_KEM',
        SharedSecretCiphertextBlob: made,
      }),
  },
  Decrypt: {
    make: encrypted,
    act: ({ client, made }) => client.decrypt({ CiphertextBlob: made }),
  },
  DeleteAlias: {
    act: ({ client, AliasName }) => client.deleteAlias({ AliasName }),
  },
  DeleteImportedKeyMaterial: {
    about: external,
    act: ({ client, KeyId }) => client.deleteImportedKeyMaterial({ KeyId }),
  },
  DeriveSharedSecret: {
    about: agreement,
    make: async (client, KeyId) => (await client.getPublicKey({ KeyId })).PublicKey!,
    act: ({ client, KeyId, made: PublicKey }) =>
      client.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey }),
  },
  DescribeKey: { act: ({ client, KeyId }) => client.describeKey({ KeyId }) },
  DisableKey: { act: ({ client, KeyId }) => client.disableKey({ KeyId }) },
  DisableKeyRotation: { act: ({ client, KeyId }) => client.disableKeyRotation({ KeyId }) },
  EnableKey: { act: ({ client, KeyId }) => client.enableKey({ KeyId }) },
  EnableKeyRotation: { act: ({ client, KeyId }) => client.enableKeyRotation({ KeyId }) },
  Encapsulate: {
    about: kem,
    act: ({ client, KeyId }) => client.encapsulate({ KeyId, EncapsulationAlgorithm: 'ML_KEM' }),
  },
  Encrypt: { act: ({ client, KeyId }) => client.encrypt({ KeyId, Plaintext }) },
  GenerateDataKey: { act: ({ client, KeyId }) => client.generateDataKey({ KeyId, KeySpec: 'AES_256' }) },
  GenerateDataKeyPair: {
    act: ({ client, KeyId }) => client.generateDataKeyPair({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }),
  },
  GenerateDataKeyPairWithoutPlaintext: {
    act: ({ client, KeyId }) =>
      client.generateDataKeyPairWithoutPlaintext({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }),
  },
  GenerateDataKeyWithoutPlaintext: {
    act: ({ client, KeyId }) => client.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_256' }),
  },
  GenerateMac: {
    about: macKey,
    act: ({ client, KeyId }) => client.generateMac({ KeyId, Message, MacAlgorithm }),
  },
  GetKeyLastUsage: { act: ({ client, KeyId }) => client.getKeyLastUsage({ KeyId }) },
  GetKeyPolicy: { act: ({ client, KeyId }) => client.getKeyPolicy({ KeyId }) },
  GetKeyRotationStatus: { act: ({ client, KeyId }) => client.getKeyRotationStatus({ KeyId }) },
  GetParametersForImport: {
    about: external,
    act: ({ client, KeyId }) => client.getParametersForImport({ KeyId, ...oaep }),
  },
  GetPublicKey: { about: signer, act: ({ client, KeyId }) => client.getPublicKey({ KeyId }) },
  ImportKeyMaterial: {
    about: external,
    act: async ({ client, KeyId, parameters: known }) => {
      // In some states there are none for the key; then those of another do, until the state is looked at.
      const parameters =
        known ??
        (await client
          .getParametersForImport({ KeyId, ...oaep })
          .catch(async () =>
            client.getParametersForImport({ KeyId: await newKey(client, external), ...oaep }),
          ));
      return client.importKeyMaterial({
        KeyId,
        ImportToken: parameters.ImportToken!,
        EncryptedKeyMaterial: wrap(parameters, oaep.WrappingAlgorithm, secret),
        ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      });
    },
  },
  ListGrants: { act: ({ client, KeyId }) => client.listGrants({ KeyId }) },
  ListKeyPolicies: { act: ({ client, KeyId }) => client.listKeyPolicies({ KeyId }) },
  ListKeyRotations: { act: ({ client, KeyId }) => client.listKeyRotations({ KeyId }) },
  ListResourceTags: { act: ({ client, KeyId }) => client.listResourceTags({ KeyId }) },
  PutKeyPolicy: { act: ({ client, KeyId }) => client.putKeyPolicy({ KeyId, Policy: policy }) },
  ReEncrypt: {
    make: encrypted,
    act: ({ client, KeyId, made }) => client.reEncrypt({ CiphertextBlob: made, DestinationKeyId: KeyId }),
  },
  ReplicateKey: {
    about: { MultiRegion: true },
    act: ({ client, KeyId }) => client.replicateKey({ KeyId, ReplicaRegion: 'eu-central-1' }),
  },
  RotateKeyOnDemand: { act: ({ client, KeyId }) => client.rotateKeyOnDemand({ KeyId }) },
  ScheduleKeyDeletion: { act: ({ client, KeyId }) => client.scheduleKeyDeletion({ KeyId }) },
  Sign: { about: signer, act: ({ client, KeyId }) => client.sign({ KeyId, Message, SigningAlgorithm }) },
  TagResource: {
    act: ({ client, KeyId }) => client.tagResource({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
  },
  UntagResource: { act: ({ client, KeyId }) => client.untagResource({ KeyId, TagKeys: ['a'] }) },
  UpdateAlias: {
    act: async ({ client, KeyId }) => {
      const AliasName = await aliasOf(client, await newKey(client));
      return client.updateAlias({ AliasName, TargetKeyId: KeyId });
    },
  },
  UpdateKeyDescription: {
    act: ({ client, KeyId }) => client.updateKeyDescription({ KeyId, Description: 'x' }),
  },
  UpdatePrimaryRegion: {
    about: { MultiRegion: true },
    act: async ({ client, KeyId }, { ada, pass }) => {
      if (client === ada) {
        // One that is enabled needs a replica.
        await ada.replicateKey({ KeyId, ReplicaRegion: abroad }).catch(() => undefined);
        await pass(2 * second);
      }
      return client.updatePrimaryRegion({ KeyId, PrimaryRegion: client === ada ? abroad : 'us-east-1' });
    },
  },
  Verify: {
    about: signer,
    make: async (client, KeyId) => (await client.sign({ KeyId, Message, SigningAlgorithm })).Signature!,
    act: ({ client, KeyId, made: Signature }) =>
      client.verify({ KeyId, Message, Signature, SigningAlgorithm }),
  },
  VerifyMac: {
    about: macKey,
    make: async (client, KeyId) => (await client.generateMac({ KeyId, Message, MacAlgorithm })).Mac!,
    act: ({ client, KeyId, made: Mac }) => client.verifyMac({ KeyId, Message, Mac, MacAlgorithm }),
  },
};

const secret = randomBytes(32);
const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
  format: 'der',
  type: 'pkcs8',
});

/** A key that can be used, its material imported where it is to come from outside. */
async function usableKey(client: KMS, about: CreateKeyRequest): Promise<string> {
  const KeyId = await newKey(client, about);
  if (about.Origin === 'EXTERNAL') await importMaterial(client, KeyId, about);
  return KeyId;
}

async function importMaterial(client: KMS, KeyId: string, { KeySpec }: CreateKeyRequest): Promise<void> {
  await importInto(client, KeyId, KeySpec?.startsWith('ECC_') ? privateKey : secret);
}

/** Makes a key with `about`, has `use` use it, and brings it into the state. */
type Arrange = (
  world: World,
  about: CreateKeyRequest,
  use: (client: KMS, KeyId: string) => Promise<void>,
) => Promise<Key>;

const arrangements: Record<string, Arrange> = {
  async Enabled({ ada }, about, use) {
    const KeyId = await usableKey(ada, about);
    await use(ada, KeyId);
    return { client: ada, KeyId };
  },
  async Disabled(world, about, use) {
    const key = await arrangements['Enabled']!(world, about, use);
    await key.client.disableKey({ KeyId: key.KeyId });
    return key;
  },
  async PendingImport(world, about, use) {
    const key = await arrangements['Enabled']!(world, { ...about, Origin: 'EXTERNAL' }, use);
    await key.client.deleteImportedKeyMaterial({ KeyId: key.KeyId });
    return key;
  },
  async PendingDeletion(world, about, use) {
    const key = await arrangements['Enabled']!(world, about, use);
    await key.client.scheduleKeyDeletion({ KeyId: key.KeyId });
    return key;
  },
  async PendingReplicaDeletion(world, about, use) {
    const key = await arrangements['Enabled']!(world, { ...about, MultiRegion: true }, use);
    await key.client.replicateKey({ KeyId: key.KeyId, ReplicaRegion: abroad });
    await key.client.scheduleKeyDeletion({ KeyId: key.KeyId });
    return key;
  },
  async Unavailable({ ada, pass }, _about, use) {
    const { CustomKeyStores } = await ada.describeCustomKeyStores({});
    const CustomKeyStoreId = CustomKeyStores![0]!.CustomKeyStoreId!;
    await ada.connectCustomKeyStore({ CustomKeyStoreId });
    await pass(3600 * second);
    const KeyId = await newKey(ada, { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId });
    await use(ada, KeyId);
    await ada.disconnectCustomKeyStore({ CustomKeyStoreId });
    await pass(3600 * second);
    return { client: ada, KeyId };
  },
  async Creating(world, about, use) {
    const { client, KeyId } = await arrangements['Enabled']!(world, { ...about, MultiRegion: true }, use);
    await client.replicateKey({ KeyId, ReplicaRegion: abroad });
    return { client: world.adaAbroad, KeyId: inRegion(KeyId, abroad) };
  },
  async Updating(world, about, use) {
    const primary = await arrangements['Enabled']!(world, { ...about, MultiRegion: true }, use);
    const { client, KeyId } = primary;
    await client.replicateKey({ KeyId, ReplicaRegion: abroad });
    await world.pass(2 * second);
    const promoted = { client: world.adaAbroad, KeyId: inRegion(KeyId, abroad) };
    if (about.Origin === 'EXTERNAL') await importMaterial(promoted.client, promoted.KeyId, about);
    const parameters =
      about.Origin === 'EXTERNAL'
        ? await promoted.client.getParametersForImport({ KeyId: promoted.KeyId, ...oaep })
        : undefined;
    await client.updatePrimaryRegion({ KeyId, PrimaryRegion: abroad });
    return { ...promoted, ...(parameters && { parameters }) };
  },
};

async function stateWorld(): Promise<World> {
  const keyStores = testBackends();
  keyStores.clusters.set('cluster-234abcdefABC', testCluster());
  const world = await stillWorld({ keyStores });
  await world.ada.createCustomKeyStore({
    CustomKeyStoreName: 'Cluster',
    CloudHsmClusterId: 'cluster-234abcdefABC',
    KeyStorePassword: 'kmsPswd',
    TrustAnchorCertificate: trustAnchor,
  });
  return world;
}

/** What the operation answers about a key in this state. */
async function attempt(world: World, state: KeyState, { about = {}, make, act }: Case): Promise<string> {
  let made = new Uint8Array();
  let AliasName: string | undefined;
  const key = await arrangements[state]!(world, about, async (usable, id) => {
    made = new Uint8Array((await make?.(usable, id)) ?? []);
    if (!abroadStates.has(state)) AliasName = await aliasOf(usable, id);
  });
  const { client, KeyId } = key;
  AliasName ??= await aliasOf(client, KeyId);
  expect((await client.describeKey({ KeyId })).KeyMetadata!.KeyState).toBe(state);
  try {
    await act({ ...key, AliasName, made }, world);
    return 'ok';
  } catch (error) {
    return outcome(error, KeyId);
  }
}

const abroadStates: ReadonlySet<KeyState> = new Set<KeyState>(['Creating', 'Updating']);

test('the table has every operation that names a key, but for the ends of grants, which no state minds', () => {
  const named = operations.filter(({ declaration }) => declaration.keys).map(({ name }) => name);
  const grantEnds = ['RetireGrant', 'RevokeGrant'];
  const missing = named.filter((name) => !(name in cases) && !grantEnds.includes(name));
  expect(missing).toEqual([]);
  expect(Object.keys(cases).sort()).toEqual(rows.map((row) => row.trim().split(' ')[0]).sort());
});

test.each(states)(
  '%s',
  async (state) => {
    const world = await stateWorld();
    const outcomes: Record<string, string> = {};
    for (const operation of Object.keys(column(state))) {
      outcomes[operation] = await attempt(world, state, cases[operation]!);
    }
    expect(outcomes).toEqual(column(state));
  },
  60_000,
);
