import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { importInto } from '../kms/importing.ts';
import { copiesOf, plaintext, refusal, sealedSecret, statesOf, world } from './support.ts';

describe('a corrupt copy', () => {
  test('is found by its checksum, and repaired by the request that runs into it', async () => {
    const { cloud, ada } = await world();
    const { keyArn, materialId, blob } = await sealedSecret(ada);
    const report = await cloud.operate({ act: 'CorruptCopy', zone: 'a', keyArn, materialId });
    expect(report.summary).toMatch(
      /^Bit \d of byte \d+ has turned over in zone a’s copy of the sealed key\.$/,
    );
    expect(await statesOf(cloud, keyArn)).toBe('corrupt good good');

    const traces: TraceRecord[] = [];
    cloud.observe(({ trace }) => void traces.push(trace));
    expect((await ada.decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(plaintext);
    expect(await statesOf(cloud, keyArn)).toBe('good good good');
    const titles = traces[0]!.steps.filter(({ station }) => station === 'storage').map(({ title }) => title);
    expect(titles.slice(1)).toEqual([
      'Zone a’s copy does not match its checksum; zone b’s does.',
      'Zone b hands out its copy of the sealed key.',
      'Zone a gets a new copy.',
    ]);
  });

  test('stays as it is when the request fails', async () => {
    const { cloud, ada } = await world();
    const { keyArn, materialId, blob } = await sealedSecret(ada);
    await cloud.operate({ act: 'CorruptCopy', zone: 'a', keyArn, materialId });
    const EncryptionContext = { other: 'context' };
    await expect(ada.decrypt({ CiphertextBlob: blob, EncryptionContext })).rejects.toThrow();
    expect(await statesOf(cloud, keyArn)).toBe('corrupt good good');
  });

  test('two of them leave the third to repair from', async () => {
    const { cloud, ada } = await world();
    const { keyArn, materialId, blob } = await sealedSecret(ada);
    await cloud.operate({ act: 'CorruptCopy', zone: 'a', keyArn, materialId });
    await cloud.operate({ act: 'LoseCopies', zones: ['b'], keyArn });
    expect(await statesOf(cloud, keyArn)).toBe('corrupt missing good');
    await ada.decrypt({ CiphertextBlob: blob });
    expect(await statesOf(cloud, keyArn)).toBe('good good good');
  });
});

describe('lost copies', () => {
  test('a zone may go, and two, and the key still works', async () => {
    const { cloud, ada } = await world();
    const { keyArn, blob } = await sealedSecret(ada);
    const other = await sealedSecret(ada);
    const { summary } = await cloud.operate({ act: 'LoseCopies', zones: ['a', 'b'] });
    expect(summary).toBe('Zones a and b have lost 4 copies; each has a good copy left.');
    expect(await statesOf(cloud, keyArn)).toBe('missing missing good');
    await ada.decrypt({ CiphertextBlob: blob });
    expect(await statesOf(cloud, keyArn)).toBe('good good good');
    expect(await statesOf(cloud, other.keyArn)).toBe('missing missing good');
  });

  test('with the last one the key material is gone for good', async () => {
    const { cloud, ada } = await world();
    const { keyArn, blob } = await sealedSecret(ada);
    const other = await sealedSecret(ada);
    const { summary } = await cloud.operate({ act: 'LoseCopies', zones: ['c', 'a', 'b'], keyArn });
    expect(summary).toBe('Zones a, b and c have lost 3 copies; 1 sealed key without a good copy now.');
    await expect(ada.decrypt({ CiphertextBlob: blob })).rejects.toMatchObject({
      name: 'KeyUnavailableException',
      $metadata: { httpStatusCode: 500 },
    });
    expect((await ada.describeKey({ KeyId: keyArn })).KeyMetadata?.KeyState).toBe('Enabled');
    expect(await refusal(cloud, { act: 'RepairCopies' })).toBe(
      'ActRefused: No good copy is left of 1 sealed key, so there is nothing to repair from.',
    );
    expect((await ada.decrypt({ CiphertextBlob: other.blob })).Plaintext).toEqual(plaintext);
  });

  test('of imported material: only its owner can bring it back', async () => {
    const { cloud, ada } = await world('imported');
    const { KeyMetadata } = await ada.createKey({ Origin: 'EXTERNAL' });
    const keyArn = KeyMetadata!.Arn!;
    const material = randomBytes(32);
    await importInto(ada, keyArn, material);
    const { CiphertextBlob } = await ada.encrypt({ KeyId: keyArn, Plaintext: plaintext });
    await cloud.operate({ act: 'LoseCopies', zones: ['a', 'b', 'c'], keyArn });
    await expect(ada.decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: 'KeyUnavailableException' });

    await expect(importInto(ada, keyArn, randomBytes(32))).rejects.toMatchObject({
      name: 'IncorrectKeyMaterialException',
    });
    await importInto(ada, keyArn, material);
    expect((await ada.decrypt({ CiphertextBlob })).Plaintext).toEqual(plaintext);
    expect(await statesOf(cloud, keyArn)).toBe('good good good');
  });
});

describe('the repair of all copies', () => {
  test('makes bad and missing ones anew, and says how many', async () => {
    const { cloud, ada } = await world();
    const first = await sealedSecret(ada);
    const second = await sealedSecret(ada);
    const third = await sealedSecret(ada);
    await cloud.operate({ act: 'CorruptCopy', zone: 'c', ...idsOf(first) });
    await cloud.operate({ act: 'LoseCopies', zones: ['a'] });
    await cloud.operate({ act: 'LoseCopies', zones: ['a', 'b', 'c'], ...idsOf(third) });
    const { summary } = await cloud.operate({ act: 'RepairCopies' });
    expect(summary).toBe(
      '3 copies were made anew, 2 missing and 1 corrupt. Of 1 other no good copy is left.',
    );
    for (const { keyArn } of [first, second]) expect(await statesOf(cloud, keyArn)).toBe('good good good');
    expect(await statesOf(cloud, third.keyArn)).toBe('missing missing missing');
  });

  test('has nothing to do where all is well', async () => {
    const { cloud, ada } = await world();
    await sealedSecret(ada);
    const { summary } = await cloud.operate({ act: 'RepairCopies' });
    expect(summary).toBe('All copies of 1 sealed key match their checksums.');
  });
});

test('a copy that is corrupt is never sealed anew', async () => {
  const { cloud, ada } = await world();
  const { keyArn, materialId } = await sealedSecret(ada);
  for (const zone of ['a', 'b', 'c'] as const) {
    await cloud.operate({ act: 'CorruptCopy', zone, keyArn, materialId });
  }
  const before = await copiesOf(cloud, keyArn);
  await cloud.operate({ act: 'RotateDomainKey', region: 'us-east-1' });
  expect(await copiesOf(cloud, keyArn)).toEqual(before);
});

test('what cannot be lost or damaged is refused, in a sentence', async () => {
  const { cloud, ada } = await world();
  const { keyArn, materialId } = await sealedSecret(ada);
  const unknown = keyArn.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const noMaterial = '0'.repeat(64);
  expect(await refusal(cloud, { act: 'LoseCopies', zones: ['a'], keyArn: unknown })).toBe(
    `ActRefused: There is no key ${unknown}.`,
  );
  expect(await refusal(cloud, { act: 'CorruptCopy', zone: 'a', keyArn, materialId: noMaterial })).toBe(
    `ActRefused: The key ${keyArn} has no key material ${noMaterial}.`,
  );
  expect(await refusal(cloud, { act: 'LoseCopies', zones: ['d' as 'a'] })).toMatch(/^ActRefused: zones\.0: /);
  expect(await refusal(cloud, { act: 'LoseCopies', zones: [] })).toBe('ActRefused: zones: must name a zone');
  expect(await refusal(cloud, { act: 'LoseCopies', zones: ['a'], materialId })).toBe(
    'ActRefused: A materialId goes with a keyArn.',
  );
  await cloud.operate({ act: 'LoseCopies', zones: ['a'] });
  expect(await refusal(cloud, { act: 'LoseCopies', zones: ['a'] })).toBe(
    'ActRefused: Zone a holds no copy that could be lost.',
  );
  expect(await refusal(cloud, { act: 'CorruptCopy', zone: 'a', keyArn, materialId })).toBe(
    'ActRefused: Zone a holds no copy of this sealed key.',
  );
});

function idsOf({ keyArn, materialId }: { keyArn: string; materialId: string }) {
  return { keyArn, materialId };
}
