import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KMS } from '@aws-sdk/client-kms';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { Decision } from '../../src/engine/iam/types.ts';
import type { Simulation, SimulationQuery } from '../../src/engine/look/look.ts';
import type { Scenario } from '../../src/engine/scenario/schema/scenario.ts';
import { identity, kms } from '../support/clients.ts';
import { openMemoryCloud } from '../support/cloud.ts';
import { newKey, refusal } from '../kms/support.ts';

const region = 'us-east-1';
const account = '111122223333';
const night = Date.UTC(2027, 0, 1, 3);
const arnOf = (name: string, kind = 'user') => `arn:aws:iam::${account}:${kind}/${name}`;

const policies = (...Statement: object[]) =>
  [{ name: 'Given', document: { Version: '2012-10-17', Statement } }] as never;
const allow = (Action: string | string[], Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...(Condition && { Condition }),
});

const scenario: Scenario = {
  version: 1,
  clock: { pace: 'still', start: new Date(night).toISOString() },
  accounts: [
    {
      accountId: account,
      principals: [
        { type: 'User', name: 'Ada', policies: policies(allow('kms:*')) },
        {
          type: 'User',
          name: 'Ida',
          policies: policies(allow('kms:*')),
          boundary: { name: 'Use', document: { Version: '2012-10-17', Statement: [allow('kms:*crypt')] } },
        } as never,
        { type: 'User', name: 'Gus', policies: policies(allow('kms:List*')) },
        {
          type: 'Role',
          name: 'App',
          policies: policies(
            allow(['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*'], {
              StringEquals: { 'kms:EncryptionContext:dept': 'IT' },
            }),
          ),
          accessKeys: [{ sessionName: 'run' }],
        },
        {
          type: 'User',
          name: 'AdaViaS3',
          policies: policies(allow('kms:*')),
          accessKeys: [{ viaService: 's3.amazonaws.com' }],
        },
      ],
    },
    {
      accountId: '444455556666',
      principals: [{ type: 'User', name: 'Bea', policies: policies(allow('kms:*')) }],
    },
  ],
};

const root = { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' };
const keyPolicies = [
  [root],
  [
    root,
    {
      Sid: 'Abroad',
      Effect: 'Allow',
      Principal: { AWS: '444455556666' },
      Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant'],
      Resource: '*',
    },
    {
      Sid: 'OnlyForS3',
      Effect: 'Deny',
      Principal: '*',
      Action: 'kms:Encrypt',
      Resource: '*',
      Condition: { StringNotEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    },
    {
      Sid: 'NotWithoutRequestAlias',
      Effect: 'Deny',
      Principal: { AWS: arnOf('Ida') },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { Null: { 'kms:RequestAlias': 'true' } },
    },
  ],
];

let cloud: Cloud;
/** Ready, policed otherwise, disabled, waiting for its deletion, and none. */
const keys: string[] = [];
let ciphertext: Uint8Array;
const clients: Record<string, KMS> = {};
const names = ['Ada', 'Ida', 'Gus', 'App', 'AdaViaS3', 'Bea', 'root'];

beforeAll(async () => {
  cloud = await openMemoryCloud({ scenario });
  for (const name of names) clients[name] = kms(cloud, name);
  const ada = clients['Ada']!;
  for (const at of [0, 1, 0, 0]) {
    keys.push(
      await newKey(ada, { Policy: JSON.stringify({ Version: '2012-10-17', Statement: keyPolicies[at] }) }),
    );
  }
  const [plain, policed, disabled, doomed] = keys as [string, string, string, string];
  ciphertext = (await ada.encrypt({ KeyId: plain, Plaintext: new Uint8Array(3) })).CiphertextBlob!;
  await ada.createAlias({ AliasName: 'alias/policed', TargetKeyId: policed });
  await ada.createGrant({
    KeyId: plain,
    GranteePrincipal: arnOf('Gus'),
    Operations: ['Decrypt', 'DescribeKey'],
    Constraints: { EncryptionContextSubset: { dept: 'IT' } },
  });
  await ada.disableKey({ KeyId: disabled });
  await ada.scheduleKeyDeletion({ KeyId: doomed, PendingWindowInDays: 7 });
  keys.push(
    plain.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    'alias/policed',
  );
});
afterAll(() => cloud.close());

const simulate = (query: Partial<SimulationQuery> & Pick<SimulationQuery, 'operation' | 'input'>) =>
  cloud.look({ name: 'simulate', query: { principalArn: arnOf('Ada'), region, ...query } });

const decisionIn = ({ steps }: Simulation) =>
  steps.flatMap(({ fields }) => fields).find(({ name }) => name === 'Decision')?.value as unknown as Decision;

/** Operations that tell what they would answer without doing it; the rest of each one's input. */
const requests: Record<string, (key: string, context: object | undefined) => object> = {
  Encrypt: (KeyId, EncryptionContext) => ({ KeyId, EncryptionContext, DryRun: true }),
  GenerateDataKey: (KeyId, EncryptionContext) => ({
    KeyId,
    EncryptionContext,
    KeySpec: 'AES_256',
    DryRun: true,
  }),
  Decrypt: (KeyId, EncryptionContext) => ({
    ...{ KeyId, EncryptionContext, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] },
  }),
  ReEncrypt: (SourceKeyId, DestinationEncryptionContext) => ({
    ...{ SourceKeyId, DestinationKeyId: keys[0], DestinationEncryptionContext },
    ...{ DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] },
  }),
  CreateGrant: (KeyId) => ({ KeyId, GranteePrincipal: arnOf('Gus'), Operations: ['Encrypt'], DryRun: true }),
  DescribeKey: (KeyId) => ({ KeyId }),
  GetKeyPolicy: (KeyId) => ({ KeyId }),
  ListGrants: (KeyId) => ({ KeyId }),
  GenerateMac: (KeyId) => ({ KeyId, MacAlgorithm: 'HMAC_SHA_256', DryRun: true }),
  ListKeys: () => ({}),
};
const bytes: Record<string, object> = {
  Encrypt: { Plaintext: new Uint8Array(1) },
  GenerateMac: { Message: new Uint8Array(1) },
};

test('a simulated request meets what the same request meets when it is sent', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.constantFrom(...Object.keys(requests)),
      fc.nat(5),
      fc.constantFrom(undefined, { dept: 'IT' }, { dept: 'HR', more: 'x' }),
      async (name, operation, at, context) => {
        const input = JSON.parse(JSON.stringify(requests[operation]!(keys[at]!, context))) as never;
        const simulated = await simulate({ principalArn: identity(cloud, name).arn, operation, input });
        const method = operation.charAt(0).toLowerCase() + operation.slice(1);
        const send = (clients[name] as unknown as Record<string, (input: object) => Promise<unknown>>)[
          method
        ]!;
        const sent = await send.call(clients[name], { ...(input as object), ...bytes[operation] }).then(
          () => undefined,
          (error: unknown) => {
            const { name: refusedWith, message } = error as Error;
            return refusedWith === 'DryRunOperationException' ? undefined : { name: refusedWith, message };
          },
        );
        expect(simulated.error).toEqual(sent);
        seen.add(sent?.name ?? 'allowed');
      },
    ),
    { numRuns: 250 },
  );
  expect([...seen].sort()).toEqual([
    ...['AccessDeniedException', 'DisabledException', 'InvalidKeyUsageException'],
    ...['KMSInvalidStateException', 'NotFoundException', 'allowed'],
  ]);
});

describe('the circumstances of a simulated request', () => {
  const KeyId = () => keys[0]!;
  const draft = (Condition: object) => ({
    keyArn: keys[0]!,
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: arnOf('Gus') },
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition,
        },
      ],
    }),
  });
  const asked = (Condition: object, more: Partial<SimulationQuery>, context = {}) =>
    simulate({
      principalArn: arnOf('Gus'),
      operation: 'Decrypt',
      input: { KeyId: KeyId(), EncryptionContext: { nothing: 'granted', ...context } },
      draft: draft(Condition),
      ...more,
    });

  const before = { DateLessThan: { 'aws:CurrentTime': '2027-01-01T06:00:00Z' } };
  test.each([
    ['the time, which is the cloud’s unless told', before, { time: night + 4 * 3_600_000 }, {}],
    ['a second factor', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, {}, { mfa: true }],
    ['an address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, {}, { sourceIp: '203.0.113.9' }],
    [
      'a service',
      { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } },
      { viaService: 'ec2.amazonaws.com' },
      { viaService: 's3.amazonaws.com' },
    ],
    [
      'an endpoint',
      { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
      {},
      { conditionKeys: { 'aws:SourceVpce': ['vpce-1'] } },
    ],
  ])('count: %s', async (_what, condition, otherwise, fitting) => {
    expect((await asked(condition, otherwise)).error?.name).toBe('AccessDeniedException');
    const { error, steps } = await asked(condition, fitting);
    expect(error).toBeUndefined();
    expect(steps.at(-1)).toMatchObject({ station: 'may', outcome: 'ok' });
  });

  test('the answer tells which statement decided, and what would allow it', async () => {
    const refused = await asked({ StringEquals: { 'kms:EncryptionContext:dept': 'IT' } }, {});
    const decision = decisionIn(refused);
    expect(decision).toMatchObject({ allowed: false, rule: 'no-key-policy-allows' });
    expect(decision.smallestChanges).toHaveLength(1);
    const allowed = decisionIn(
      await asked({ StringEquals: { 'kms:EncryptionContext:dept': 'IT' } }, {}, { dept: 'IT' }),
    );
    expect(allowed).toMatchObject({ allowed: true, rule: 'allowed-by-key-policy', decidedBy: 0 });
  });

  test('a draft that PutKeyPolicy would not take is not judged', async () => {
    const policy = JSON.stringify({ Statement: [{ ...root, Principal: { AWS: arnOf('Nobody') } }] });
    const { draftRefused, steps } = await asked({}, { draft: { keyArn: keys[0]!, policy } });
    expect(draftRefused).toEqual({
      name: 'MalformedPolicyDocumentException',
      message: 'Policy contains a statement with one or more invalid principals.',
    });
    expect(steps).toEqual([]);
    const sent = clients['Ada']!.putKeyPolicy({ KeyId: keys[0]!, Policy: policy });
    expect(await refusal(sent)).toEqual(draftRefused);
  });

  test('nothing is stored, and no audit record made', async () => {
    const before = await cloud.view();
    await asked({}, {});
    await simulate({ operation: 'ScheduleKeyDeletion', input: { KeyId: KeyId() } });
    expect(await cloud.view()).toEqual(before);
  });

  test('input that AWS would not take is refused as by AWS, and so is an unknown operation or caller', async () => {
    const input = { KeyId: KeyId(), MessageType: 'NONE' };
    expect((await simulate({ operation: 'Sign', input })).error?.name).toBe('ValidationException');
    expect((await simulate({ operation: 'Encrypt', input: {} })).error?.name).toBe('ValidationException');
    expect((await simulate({ operation: 'Guess', input })).error?.name).toBe('UnknownOperationException');
    const nobody = await simulate({ operation: 'DescribeKey', input, principalArn: arnOf('Nobody') });
    expect(nobody.error?.name).toBe('UnrecognizedClientException');
  });

  test('a ciphertext names its key', async () => {
    const input = { CiphertextBlob: Buffer.from(ciphertext).toString('base64') };
    const { error, steps } = await simulate({ operation: 'Decrypt', input });
    expect(error).toBeUndefined();
    expect(JSON.stringify(steps)).toContain(keys[0]);
  });
});

test('principals are shown with all that their policies say, and without their secrets', async () => {
  const { principals } = await cloud.look({ name: 'principals', query: {} });
  expect(principals.map(({ name }) => name).sort()).toEqual([...names, 'root'].sort());
  expect(principals.find(({ name }) => name === 'Ida')).toMatchObject({
    policies: [{ name: 'Given' }],
    boundary: { name: 'Use' },
    sessions: [{ arn: arnOf('Ida'), isTemporary: false }],
  });
  expect(principals.find(({ name }) => name === 'App')?.sessions).toMatchObject([
    { arn: `arn:aws:sts::${account}:assumed-role/App/run`, sessionName: 'run', isTemporary: true },
  ]);
  const shown = JSON.stringify(principals);
  for (const { credentials } of cloud.identities()) {
    expect(shown).not.toContain(credentials.secretAccessKey);
    if (credentials.sessionToken) expect(shown).not.toContain(credentials.sessionToken);
  }
});
