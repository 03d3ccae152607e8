import { expect, test } from 'vitest';
import type { OperatorAct } from '../../src/engine/operator/acts.ts';
import { kms } from '../support/clients.ts';
import { refusal, world } from './support.ts';

const accountId = '111122223333';
const allow = (Action: string) => ({
  name: 'Own',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action, Resource: '*' }] },
});
type Principal = Extract<OperatorAct, { act: 'PutPrincipal' }>['principal'];
const put = (principal: Principal, account = accountId): OperatorAct => ({
  act: 'PutPrincipal',
  accountId: account,
  principal,
});

test('a new role signs at once, and may do what its policies say', async () => {
  const { cloud, ada } = await world();
  const { KeyId } = (await ada.createKey({})).KeyMetadata!;
  const report = await cloud.operate(put({ type: 'Role', name: 'Packer', path: '/ship/' }));
  const arn = `arn:aws:iam::${accountId}:role/ship/Packer`;
  expect(report.summary).toContain(`${arn} is there, with the access key ASIA`);
  expect(report.happened).toMatchObject([
    { name: 'PutPrincipal', kind: 'operator', changes: [{ what: 'principal', how: 'made', subject: arn }] },
  ]);
  const before = cloud.identities().find((identity) => identity.name === 'Packer');
  const packer = kms(cloud, 'Packer', { maxAttempts: 1 });
  await expect(packer.describeKey({ KeyId })).rejects.toMatchObject({ name: 'AccessDeniedException' });

  await cloud.operate(
    put({ type: 'Role', name: 'Packer', path: '/ship/', policies: [allow('kms:DescribeKey')] }),
  );
  expect((await packer.describeKey({ KeyId })).KeyMetadata?.KeyId).toBe(KeyId);
  expect(cloud.identities().find((identity) => identity.name === 'Packer')).toEqual(before);
});

test('undone, it is gone, and so are its credentials', async () => {
  const { cloud } = await world();
  await cloud.flush();
  const { sequence } = await cloud.view();
  await cloud.operate(put({ type: 'User', name: 'Eve', policies: [allow('kms:*')] }));
  const eve = kms(cloud, 'Eve', { maxAttempts: 1 });
  await eve.listKeys({});
  await cloud.operate({ act: 'UndoTo', sequence });
  expect(cloud.identities().map(({ name }) => name)).not.toContain('Eve');
  await expect(eve.listKeys({})).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});

test.each<[string, OperatorAct, string | RegExp]>([
  [
    'an account that is not there',
    put({ type: 'User', name: 'Eve' }, '999999999999'),
    /no account 999999999999/,
  ],
  ['a name that differs by its case', put({ type: 'User', name: 'ADA' }), /user\/Ada is there already/],
  [
    'another path for one that is there',
    put({ type: 'User', name: 'Ada', path: '/x/' }),
    /user\/Ada is there already/,
  ],
  ['a name that is none', put({ type: 'User', name: 'a b' }), /principal\.name: A name has 1 to 64 letters/],
  [
    'a policy that is none',
    put({ type: 'User', name: 'Eve', policies: [{ name: 'P', document: { Statement: [] } }] }),
    /principal\.policies\.0\.document: /,
  ],
])('%s is refused, and nothing has changed', async (_name, act, message) => {
  const { cloud } = await world();
  const before = cloud.identities();
  expect(await refusal(cloud, act)).toMatch(message);
  expect(cloud.identities()).toEqual(before);
});
