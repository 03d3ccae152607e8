import { bytesToHex } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import type { Field, Step, TraceRecord } from '../../src/engine/trace/trace.ts';
import { abroad, stillWorld } from './life.ts';
import { importInto } from './importing.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

/** A cloud, and what the last request's trace says of whoever refused it, or of its state check. */
async function tracedCloud() {
  const cloud = await openTestCloud();
  let steps: readonly Step[] = [];
  cloud.observe(({ trace }) => (steps = trace.steps));
  const ada = kms(cloud);
  const refusal = async (work: Promise<unknown>) => {
    await work.catch(() => undefined);
    return steps.find(({ outcome }) => outcome === 'refused');
  };
  const check = () => steps.find(({ fields }) => fields.some(({ name }) => name === 'Outcome by state'));
  return { ada, refusal, check };
}

const valueOf = (step: Step | undefined, name: string): Field['value'] | undefined =>
  step?.fields.find((field) => field.name === name)?.value;

test('a ciphertext that cannot be read, and a key that is not there, are refused in a room of their own', async () => {
  const { ada, refusal } = await tracedCloud();
  const unread = await refusal(ada.decrypt({ CiphertextBlob: new Uint8Array([1, 2, 3]) }));
  expect(unread).toMatchObject({ station: 'front-door', title: 'The ciphertext is none that KMS can read.' });
  expect(valueOf(unread, 'Error')).toBe('InvalidCiphertextException');
  const missing = await refusal(ada.describeKey({ KeyId: 'alias/missing' }));
  expect(missing).toMatchObject({ station: 'storage', title: 'No record of such a key is found.' });
  expect(valueOf(missing, 'Error')).toBe('NotFoundException');
});

test('the check of state and usage shows the row that it looked at', async () => {
  const { ada, refusal, check } = await tracedCloud();
  const { KeyMetadata } = await ada.createKey({});
  const KeyId = KeyMetadata?.KeyId ?? '';
  await ada.encrypt({ KeyId, Plaintext: new Uint8Array(1) });
  expect(valueOf(check(), 'Rule of the key state table')).toBe('Encrypt');
  expect(valueOf(check(), 'KeyUsage wanted')).toBe('ENCRYPT_DECRYPT');
  expect(valueOf(check(), 'Outcome by state')).toMatchObject({
    Enabled: 'ok',
    Disabled: 'DisabledException',
    PendingDeletion: 'KMSInvalidStateException',
  });
  await ada.disableKey({ KeyId });
  const step = await refusal(ada.encrypt({ KeyId, Plaintext: new Uint8Array(1) }));
  expect(valueOf(step, 'KeyState')).toBe('Disabled');
  expect(valueOf(step, 'Outcome by state')).toMatchObject({ Disabled: 'DisabledException' });
});

test('no trace holds what a shredded key could be opened from', async () => {
  const { cloud, ada } = await stillWorld();
  const traces: TraceRecord[] = [];
  cloud.observe(({ trace }) => void traces.push(trace));
  const { KeyMetadata } = await ada.createKey({ MultiRegion: true });
  await ada.encrypt({ KeyId: KeyMetadata?.KeyId, Plaintext: new Uint8Array(1) });
  await ada.replicateKey({ KeyId: KeyMetadata?.KeyId, ReplicaRegion: abroad });
  const external = await ada.createKey({ Origin: 'EXTERNAL' });
  const { importToken } = await importInto(ada, external.KeyMetadata?.KeyId ?? '', new Uint8Array(32));

  const { tokens } = await cloud.look<'storage'>({ name: 'storage', query: {} });
  const sealed = tokens.flatMap(({ copies }) => copies.flatMap((copy) => copy.sealed ?? []));
  expect(sealed).toHaveLength(9);
  const told = JSON.stringify(traces, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
  for (const bytes of [...sealed, importToken]) {
    expect(told).not.toContain(Buffer.from(bytes.subarray(0, -16)).toString('base64').slice(0, -4));
    expect(told).not.toContain(bytesToHex(bytes.subarray(0, -16)));
  }
});
