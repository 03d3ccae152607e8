import type { GetParametersForImportCommandInput, ImportKeyMaterialCommandInput } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import type { KeyAnatomy, KeyLine, MaterialView } from '../../src/engine/look/look.ts';
import { choicesIn, findKeys } from '../../src/lib/glass/pictures/key/choose/find-keys.ts';
import { lifeScene } from '../../src/lib/glass/pictures/key/materials/timeline.ts';
import { arnParts } from '../../src/lib/glass/pictures/key/name/arn-parts.ts';
import { policyLines } from '../../src/lib/glass/pictures/key/permissions/statements.ts';
import { machineScene } from '../../src/lib/glass/pictures/key/states/machine.ts';
import { importMaterial, type Ask } from '../../src/lib/glass/pictures/key/states/import-material.ts';
import {
  materialLength,
  termsOf,
  transitionInput,
} from '../../src/lib/glass/pictures/key/states/requests.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

const arn = 'arn:aws:kms:eu-west-1:111122223333:key/mrk-0123';

describe('an ARN taken apart', () => {
  test('gives every character back', () => {
    const parts = arnParts(arn);
    expect(parts.map(({ separator, text }) => separator + text).join('')).toBe(arn);
    expect(parts.find(({ name }) => name === 'keyId')?.text).toBe('mrk-0123');
  });
  test('is empty for what is no key’s', () => {
    expect(arnParts('arn:aws:kms:eu-west-1:111122223333:alias/demo')).toEqual([]);
  });
});

describe('choosing a key', () => {
  const line = (change: Partial<KeyLine>): KeyLine => ({
    ...{ keyArn: arn, keyId: 'mrk-0123', accountId: '111122223333', region: 'eu-west-1', aliases: [] },
    ...{ spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', manager: 'CUSTOMER' },
    ...{ state: 'Enabled', description: '', created: 0, materials: 1 },
    ...change,
  });
  const lines = [
    line({ keyArn: `${arn}-a`, aliases: ['alias/payroll'], created: 1 }),
    line({ keyArn: `${arn}-b`, state: 'Disabled', description: 'Payroll of old', created: 2 }),
    line({ keyArn: `${arn}-c`, manager: 'AWS', aliases: ['alias/aws/s3'], created: 3 }),
  ];
  const everything = { text: '', state: '', region: '' };
  const ends = (found: KeyLine[]) => found.map(({ keyArn }) => keyArn.at(-1));

  test('lists the newest first, and those of AWS last', () => {
    expect(ends(findKeys(lines, everything))).toEqual(['b', 'a', 'c']);
  });
  test('finds by words in alias, description or ARN, by state and by Region', () => {
    expect(ends(findKeys(lines, { ...everything, text: 'PAYROLL' }))).toEqual(['b', 'a']);
    expect(ends(findKeys(lines, { ...everything, text: 'payroll old' }))).toEqual(['b']);
    expect(ends(findKeys(lines, { ...everything, state: 'Disabled' }))).toEqual(['b']);
    expect(findKeys(lines, { ...everything, region: 'us-east-1' })).toEqual([]);
    expect(choicesIn(lines)).toEqual({ states: ['Disabled', 'Enabled'], regions: ['eu-west-1'] });
  });
});

describe('the state machine', () => {
  const transitions = [
    { operation: 'DisableKey', to: 'Disabled' as const },
    { operation: 'CancelKeyDeletion', to: 'Disabled' as const, refused: 'KMSInvalidStateException' },
    { operation: 'ScheduleKeyDeletion', to: 'PendingDeletion' as const },
  ];

  test('numbers the ways that are open, and only those', () => {
    const { edges } = machineScene('Enabled', transitions, 'wide');
    const open = edges.filter(({ transition }) => transition !== undefined);
    expect(open.map(({ from, to, transition }) => [from, to, transition])).toEqual([
      ['Enabled', 'Disabled', 0],
      ['Enabled', 'PendingDeletion', 2],
    ]);
  });
  test('draws a way of which the usual ones know nothing', () => {
    const { edges } = machineScene('Creating', [transitions[2]!], 'narrow');
    expect(edges.at(-1)).toMatchObject({ from: 'Creating', to: 'PendingDeletion', transition: 0 });
  });
  test.each(['wide', 'narrow'] as const)(
    'has no two states in one place, and all in the drawing: %s',
    (shape) => {
      const { nodes, width, height } = machineScene('Enabled', [], shape);
      for (const one of nodes) {
        expect(one.x + one.width).toBeLessThan(width);
        expect(one.y + one.height).toBeLessThan(height);
        for (const other of nodes) {
          if (one === other) continue;
          const apart =
            one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y;
          expect(apart, `${one.state} and ${other.state}`).toBe(true);
        }
      }
    },
  );
});

describe('the requests of transitions', () => {
  const values = { windowInDays: 7, region: 'us-east-1' };
  test('have what they need', () => {
    expect(transitionInput('ScheduleKeyDeletion', arn, values)).toEqual({
      KeyId: arn,
      PendingWindowInDays: 7,
    });
    expect(transitionInput('UpdatePrimaryRegion', arn, values)).toEqual({
      KeyId: arn,
      PrimaryRegion: 'us-east-1',
    });
    expect(transitionInput('EnableKey', arn, values)).toEqual({ KeyId: arn });
  });
  test('want a confirmation where a key stops working', () => {
    const wanting = ['DisableKey', 'ScheduleKeyDeletion', 'DeleteImportedKeyMaterial'];
    expect(wanting.every((operation) => termsOf(operation)?.confirm)).toBe(true);
    expect(termsOf('EnableKey')?.confirm).toBe(false);
    expect(termsOf('KeyDeletion')).toBeUndefined();
  });
  test('import material that KMS takes', async () => {
    const client = kms(await openTestCloud());
    const { KeyMetadata } = await client.createKey({ Origin: 'EXTERNAL' });
    const ask = (async (operation: string, input: object) => {
      const output =
        operation === 'ImportKeyMaterial'
          ? await client.importKeyMaterial(input as ImportKeyMaterialCommandInput)
          : await client.getParametersForImport(input as GetParametersForImportCommandInput);
      return { kind: 'done', operation, output };
    }) as Ask;
    const answer = await importMaterial(ask, KeyMetadata!.Arn!, new Uint8Array(32).fill(7));
    expect(answer.kind).toBe('done');
    const after = await client.describeKey({ KeyId: KeyMetadata!.KeyId! });
    expect(after.KeyMetadata?.KeyState).toBe('Enabled');
    expect(materialLength({ spec: 'SYMMETRIC_DEFAULT' })).toBe(32);

    const next = new Uint8Array(32).fill(8);
    await importMaterial(ask, KeyMetadata!.Arn!, next, { importType: 'NEW_KEY_MATERIAL' });
    await client.rotateKeyOnDemand({ KeyId: KeyMetadata!.KeyId! });
    const again = { importType: 'EXISTING_KEY_MATERIAL' as const, validTo: Date.UTC(2100, 0) };
    await expect(importMaterial(ask, KeyMetadata!.Arn!, next, again)).rejects.toThrow(/ValidTo|365/);
    await importMaterial(ask, KeyMetadata!.Arn!, next, { importType: 'EXISTING_KEY_MATERIAL' });
  });
});

describe('the life of a key', () => {
  const material = (change: Partial<MaterialView>): MaterialView => ({
    ...{ materialId: 'aa', state: 'NON_CURRENT', copies: [], ciphertexts: 0 },
    ...change,
  });
  const key = (change: Partial<KeyAnatomy>) =>
    ({ created: 100, materials: [], ...change }) as unknown as KeyAnatomy;

  test('gives each material its time', () => {
    const rotated = { state: 'CURRENT' as const, rotation: { time: 150, type: 'ON_DEMAND' as const } };
    const { spans, now } = lifeScene(
      key({ materials: [material({}), material({ ...rotated, materialId: 'bb' })] }),
      200,
    );
    expect(now).toBe(1);
    expect(spans.map(({ from, to }) => [from, to])).toEqual([
      [0, 0.5],
      [0.5, 1],
    ]);
    expect(spans.map(({ since, until }) => [since, until])).toEqual([
      [100, 150],
      [150, undefined],
    ]);
  });
  test('marks what is to come, on a scale of its own', () => {
    const { marks, now } = lifeScene(
      key({
        materials: [material({ state: 'CURRENT' })],
        rotation: { periodInDays: 365, next: 400 },
        deletion: { windowInDays: 7, date: 300 },
      }),
      200,
    );
    expect(now).toBeLessThan(1);
    expect(marks.map(({ kind }) => kind)).toEqual(['created', 'now', 'deletion', 'next-rotation']);
    expect(marks.find(({ kind }) => kind === 'next-rotation')?.at).toBe(1);
    expect(marks.find(({ kind }) => kind === 'deletion')?.at).toBeCloseTo((now + 1) / 2);
  });
  test('keeps a material that waits apart', () => {
    const { spans } = lifeScene(key({ materials: [material({ state: 'PENDING_ROTATION' })] }), 200);
    expect(spans[0]).not.toHaveProperty('from');
  });
});

describe('a key policy', () => {
  test('is read statement by statement', () => {
    const lines = policyLines(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Sid: 'Use',
          Effect: 'Deny',
          NotPrincipal: { AWS: ['a', 'b'] },
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: { Bool: { 'kms:GrantIsForAWSResource': true } },
        },
      }),
    );
    expect(lines).toEqual([
      {
        sid: 'Use',
        effect: 'Deny',
        who: { except: true, principals: ['a', 'b'] },
        what: { except: false, actions: ['kms:Decrypt'] },
        conditions: [{ operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] }],
      },
    ]);
  });
  test('may be no JSON at all', () => {
    expect(policyLines('no policy')).toBeUndefined();
  });
});
