import { expect, test, vi } from 'vitest';
import { ask, kmsAt, startEndpoint } from '../support/endpoint.ts';

// It starts a process.
vi.setConfig({ testTimeout: 30_000 });

const Plaintext = new TextEncoder().encode('secret');
const region = 'us-east-1';

test('operators’ acts over HTTP: copies and modules go, and come back', async () => {
  const { url, complaints } = await startEndpoint();
  const kms = kmsAt(url, { maxAttempts: 1 });
  const { KeyMetadata } = await kms.createKey({});
  const { Arn: keyArn, CurrentKeyMaterialId: materialId } = KeyMetadata!;
  const { CiphertextBlob } = await kms.encrypt({ KeyId: keyArn, Plaintext });
  const operate = (act: object) => ask(url, 'operate', act);
  const decrypt = async () => (await kms.decrypt({ CiphertextBlob })).Plaintext;

  expect(await operate({ act: 'CorruptCopy', zone: 'a', keyArn, materialId })).toMatchObject({
    httpStatus: 200,
    summary: expect.stringContaining('turned over in zone a’s copy') as string,
    happened: [{ kind: 'operator', name: 'CorruptCopy' }],
  });
  expect(await decrypt()).toEqual(Plaintext);
  // The request has repaired it already.
  expect(await operate({ act: 'RepairCopies' })).toMatchObject({
    summary: 'All copies of 1 sealed key match their checksums.',
  });

  const { domains } = (await ask(url, 'health'))['hsm'] as {
    domains: { members: { name: string; place: string }[]; operators: { name: string }[] }[];
  };
  const members = domains[0]!.members.filter(({ place }) => place !== 'safe').map(({ name }) => name);
  const signers = domains[0]!.operators.map(({ name }) => name);
  await operate({ act: 'LoseModules', region, members });
  await expect(decrypt()).rejects.toMatchObject({
    name: 'KMSInternalException',
    $metadata: { httpStatusCode: 500 },
  });
  const alone = { act: 'ReplaceModule', region, member: members[0], signers: signers.slice(0, 1) };
  expect(await operate(alone)).toMatchObject({
    httpStatus: 400,
    message: expect.stringContaining('more must sign') as string,
  });
  expect(await operate({ ...alone, signers })).toMatchObject({ httpStatus: 200 });
  expect(await decrypt()).toEqual(Plaintext);

  await operate({ act: 'LoseCopies', zones: ['a', 'b', 'c'], keyArn });
  await expect(decrypt()).rejects.toMatchObject({
    name: 'KeyUnavailableException',
    $metadata: { httpStatusCode: 500 },
  });
  expect(complaints()).toBe('');
});

test('an act that nobody knows, or that is put wrongly, is refused with a sentence', async () => {
  const { url } = await startEndpoint();
  expect(await ask(url, 'operate', { act: 'ExportKey' })).toMatchObject({ httpStatus: 400 });
  expect(await ask(url, 'operate', { act: 'MoveClock', time: 'tomorrow' })).toEqual({
    httpStatus: 400,
    message: 'time: Invalid type: Expected number but received "tomorrow"',
  });
  expect(await ask(url, 'operate', { act: 'MoveClock', time: 0 })).toEqual({
    httpStatus: 400,
    message: 'The clock of a cloud can only be moved forward.',
  });
});
