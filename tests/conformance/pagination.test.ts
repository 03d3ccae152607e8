import { paginateListAliases, paginateListKeys } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

test('the SDK’s paginator walks through all keys, each once', async () => {
  const client = kms(await openTestCloud());
  const created: string[] = [];
  for (let count = 0; count < 7; count++) {
    const { KeyMetadata } = await client.createKey({});
    created.push(KeyMetadata?.Arn ?? '');
  }
  const sizes: number[] = [];
  const listed: string[] = [];
  for await (const page of paginateListKeys({ client, pageSize: 3 }, {})) {
    sizes.push(page.Keys?.length ?? 0);
    listed.push(...(page.Keys ?? []).map(({ KeyArn = '' }) => KeyArn));
    expect(page.Truncated).toBe(sizes.length < 3);
  }
  expect(sizes).toEqual([3, 3, 1]);
  expect([...listed].sort()).toEqual([...created].sort());
});

test('a full last page says that nothing follows', async () => {
  const client = kms(await openTestCloud());
  await client.createKey({});
  await client.createKey({});
  const page = await client.listKeys({ Limit: 2 });
  expect(page.Keys).toHaveLength(2);
  expect(page.Truncated).toBe(false);
  expect(page.NextMarker).toBeUndefined();
});

test('the paginator of ListAliases keeps to one key when asked for its aliases', async () => {
  const client = kms(await openTestCloud());
  const [one, other] = [await client.createKey({}), await client.createKey({})];
  const names = ['alias/a', 'alias/b', 'alias/c', 'alias/d', 'alias/e'];
  for (const [index, AliasName] of names.entries()) {
    const target = index % 2 === 0 ? one : other;
    await client.createAlias({ AliasName, TargetKeyId: target.KeyMetadata?.KeyId });
  }
  const found: (string | undefined)[] = [];
  for await (const page of paginateListAliases({ client, pageSize: 2 }, { KeyId: one.KeyMetadata?.Arn })) {
    found.push(...(page.Aliases ?? []).map(({ AliasName }) => AliasName));
  }
  expect(found).toEqual(['alias/a', 'alias/c', 'alias/e']);
});
