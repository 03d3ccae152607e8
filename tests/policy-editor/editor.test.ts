import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { PrincipalsView } from '../../src/engine/look/look.ts';
import type { Schema } from '../../src/lib/console/policy/editor/schema-parts.ts';
import { policySchema } from '../../src/lib/console/policy/editor/schema.ts';
import { setOut } from '../../src/lib/console/policy/editor/set-out.ts';
import { templateWorld } from '../../src/lib/console/policy/editor/template-world.ts';
import {
  templates,
  withStatements,
  type TemplateName,
} from '../../src/lib/console/policy/editor/templates.ts';
import { actionFacts } from '../../src/lib/console/policy/knowledge/actions.ts';
import { conditionKeyFacts } from '../../src/lib/console/policy/knowledge/condition-keys.ts';
import { operatorFacts } from '../../src/lib/console/policy/knowledge/operators.ts';
import { lintPolicy } from '../../src/lib/console/policy/lint/lint.ts';
import { reachOf, reachOperations } from '../../src/lib/console/policy/reach/reach.ts';
import { requestForm } from '../../src/lib/console/policy/simulator/request.ts';
import { operations } from '../../src/lib/operations/operations.ts';
import { kms } from '../support/clients.ts';
import { openMemoryCloud } from '../support/cloud.ts';
import { newKey } from '../kms/support.ts';

const accountId = '111122223333';
const ada = `arn:aws:iam::${accountId}:user/Ada`;
let cloud: Cloud;
let KeyId: string;
let people: PrincipalsView['principals'];

beforeAll(async () => {
  cloud = await openMemoryCloud();
  KeyId = await newKey(kms(cloud));
  people = (await cloud.look({ name: 'principals', query: {} })).principals;
});
afterAll(() => cloud.close());

const root = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

describe('templates', () => {
  /** What the lint is right to say of a template. */
  const known: Partial<Record<TemplateName, string>> = { endpoint: 'elsewhere' };

  test.each(Object.keys(templates) as TemplateName[])(
    '%s: KMS takes it, and the lint has nothing against it',
    async (name) => {
      const Policy = withStatements(root, templates[name](templateWorld(cloud.identities(), KeyId, ada)))!;
      await kms(cloud).putKeyPolicy({ KeyId, Policy });
      const world = { accountId, principals: people, actions: actionFacts(operations) };
      expect(lintPolicy(Policy, world).map(({ rule }) => rule)).toEqual(known[name] ? [known[name]] : []);
    },
  );

  test('speak of people of this cloud: whoever acts administers, and a role uses', () => {
    expect(templateWorld(cloud.identities(), KeyId, ada)).toEqual({
      accountId,
      region: 'us-east-1',
      administrator: ada,
      user: `arn:aws:iam::${accountId}:role/FileVault`,
      otherAccountId: '444455556666',
    });
  });

  test('are added after what is there, which stays as it is written', () => {
    const [statement] = templates.time(templateWorld(cloud.identities(), KeyId, ada));
    const before = '{\n    "Version": "2012-10-17",\n    "Statement": [\n    ]\n}';
    const once = withStatements(before, [statement!])!;
    expect(once.startsWith('{\n    "Version": "2012-10-17",\n')).toBe(true);
    expect(JSON.parse(withStatements(once, [statement!])!)).toEqual({
      Version: '2012-10-17',
      Statement: [statement, statement],
    });
    const single = { Statement: statement };
    expect(JSON.parse(withStatements(JSON.stringify(single), [statement!])!)).toEqual({
      Statement: [statement, statement],
    });
    for (const text of ['{', '[]', '3', '']) expect(withStatements(text, [statement!])).toBeUndefined();
  });
});

describe('the schema', () => {
  const every = (schema: unknown): Schema[] =>
    typeof schema === 'object' && schema !== null
      ? [schema, ...Object.values(schema).flatMap((part) => every(part))]
      : [];

  test('offers every action, operator, condition key and principal, each explained', () => {
    const schema = policySchema({ principals: people, accountId, operations, region: 'us-east-1' });
    const parts = every(schema);
    const explained = new Map<string, string>();
    for (const { enum: names = [], markdownEnumDescriptions: abouts = [], properties = {} } of parts) {
      names.forEach((name, index) => explained.set(name, abouts[index] ?? ''));
      for (const [name, { markdownDescription = '' }] of Object.entries(properties)) {
        explained.set(name, markdownDescription);
      }
    }
    for (const { name, about } of actionFacts(operations)) expect(explained.get(name)).toContain(about);
    for (const [name, { about }] of Object.entries(conditionKeyFacts)) {
      expect(explained.get(name)).toContain(about);
    }
    for (const [name, { about }] of Object.entries(operatorFacts)) expect(explained.get(name)).toBe(about);
    for (const { arn, name } of people) expect(explained.get(arn)).toContain(name);
    expect([...explained.keys()]).toContain('RSASSA_PSS_SHA_256');
    expect([...explained.keys()]).toContain('s3.us-east-1.amazonaws.com');
  });
});

test('a policy is set out over lines, and what is no JSON is left alone', () => {
  expect(setOut('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(setOut('{')).toBe('{');
});

describe('a request to simulate', () => {
  test('can be put together for every operation: none is refused for its form', async () => {
    const wrong: string[] = [];
    for (const operation of operations) {
      const { keys, rest } = requestForm(operation);
      const input = { ...Object.fromEntries(keys.map((name) => [name, KeyId])), ...rest } as never;
      const query = { principalArn: ada, region: 'us-east-1', operation: operation.name, input };
      const { error } = await cloud.look({ name: 'simulate', query });
      if (error && /Validation|Serialization|Unknown/.test(error.name))
        wrong.push(operation.name + error.message);
    }
    expect(wrong).toEqual([]);
  });

  test('asks for the keys and contexts that the operation has', () => {
    const form = (name: string) => requestForm(operations.find((one) => one.name === name)!);
    expect(form('Decrypt')).toEqual({ keys: ['KeyId'], contexts: ['EncryptionContext'], rest: {} });
    expect(form('ReEncrypt')).toMatchObject({
      keys: ['SourceKeyId', 'DestinationKeyId'],
      contexts: ['SourceEncryptionContext', 'DestinationEncryptionContext'],
    });
    expect(form('CreateAlias').keys).toEqual(['TargetKeyId']);
    expect(form('CreateKey').keys).toEqual([]);
  });
});

test('a draft tells who gains and who loses what', async () => {
  const stored = JSON.parse(root) as { Statement: object[] };
  await kms(cloud).putKeyPolicy({ KeyId, Policy: root });
  const world = templateWorld(cloud.identities(), KeyId, ada);
  const [user] = templates.users({ ...world, user: `arn:aws:iam::${accountId}:role/Auditor` });
  const deny = { Effect: 'Deny', Principal: { AWS: ada }, Action: 'kms:Decrypt', Resource: '*' };
  const policy = JSON.stringify({ ...stored, Statement: [...stored.Statement, user, deny] });
  const reach = (principalArn: string) =>
    reachOf(
      (query) => cloud.look({ name: 'simulate', query }),
      { principalArn, region: 'us-east-1' },
      {
        keyArn: KeyId,
        policy,
      },
    );
  const auditor = `arn:aws:iam::${accountId}:role/Auditor`;
  expect(await reach(auditor)).toMatchObject({
    Encrypt: { before: false, after: true },
    DescribeKey: { before: true, after: true },
    PutKeyPolicy: { before: false, after: false },
  });
  const hers = await reach(ada);
  expect(Object.keys(hers)).toEqual(Object.keys(reachOperations));
  expect(hers).toMatchObject({
    Decrypt: { before: true, after: false },
    Encrypt: { before: true, after: true, isUnfit: false },
    Sign: { isUnfit: true },
  });
});
