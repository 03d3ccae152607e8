import { beforeAll, expect, test } from 'vitest';
import { askCallerIdentity } from '../../src/lib/cloud/sts.ts';
import { auditRecords } from '../support/audit.ts';
import { identity } from '../support/clients.ts';
import { openMemoryCloud } from '../support/cloud.ts';
import type { Cloud } from '../../src/engine/cloud.ts';

let cloud: Cloud;

beforeAll(async () => {
  cloud = await openMemoryCloud();
});

test('a user, a role’s session and the root user are told who they are', async () => {
  const whoAmI = (name: string) => askCallerIdentity(cloud, identity(cloud, name));
  expect(await whoAmI('Ada')).toEqual({
    UserId: expect.stringMatching(/^AIDA[A-Z0-9]{17}$/),
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:user/Ada',
  });
  const session = await whoAmI('FileVault');
  expect(session.UserId).toMatch(/^AROA[A-Z0-9]{17}:.+$/);
  expect(session.Arn).toMatch(/^arn:aws:sts::111122223333:assumed-role\/FileVault\//);
  expect(await whoAmI('root')).toMatchObject({ UserId: '111122223333' });
});

test('it stands in the trail of whoever asked, as of the service STS', async () => {
  await askCallerIdentity(cloud, identity(cloud, 'Mallory'));
  const record = (await auditRecords(cloud)).findLast(({ eventName }) => eventName === 'GetCallerIdentity');
  expect(record).toMatchObject({
    eventSource: 'sts.amazonaws.com',
    userIdentity: { userName: 'Mallory' },
    requestParameters: null,
    responseElements: null,
    readOnly: true,
  });
});

test('errors have the names of the query protocol', async () => {
  const ada = identity(cloud, 'Ada');
  const stranger = { ...ada, credentials: { ...ada.credentials, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } };
  await expect(askCallerIdentity(cloud, stranger)).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
    status: 403,
  });
  const forger = { ...ada, credentials: { ...ada.credentials, secretAccessKey: 'guessed' } };
  await expect(askCallerIdentity(cloud, forger)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
});

test('neither protocol reaches the other’s services', async () => {
  const post = (type: string, body: string, target = '') =>
    cloud.fetch(
      new Request('https://localhost/', {
        method: 'POST',
        headers: { 'content-type': type, 'x-amz-target': target },
        body,
      }),
    );
  const refusals = await Promise.all([
    post('application/x-www-form-urlencoded', 'Action=ListKeys&Version=2014-11-01'),
    post('application/x-www-form-urlencoded', 'Action=AssumeRole&Version=2011-06-15'),
    post('application/x-amz-json-1.1', '{}', 'AWSSecurityTokenServiceV20110615.GetCallerIdentity'),
  ]);
  for (const response of refusals) {
    expect(await response.json()).toEqual({ __type: 'UnknownOperationException' });
  }
});
