import { GenerateDataKeyCommand, DecryptCommand } from '@aws-sdk/client-kms';
import { expect, it } from 'vitest';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

/** All that could be read off traces: texts as they are, bytes as Base64. */
function everythingIn(traces: TraceRecord[]): string {
  return JSON.stringify(traces, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
}

it('leaves no plaintext data key in the traces that the page keeps', async () => {
  const cloud = await openTestCloud();
  const traces: TraceRecord[] = [];
  cloud.observe(({ trace }) => traces.push(trace));
  const client = kms(cloud);
  const { KeyMetadata } = await client.createKey();
  const { Plaintext, CiphertextBlob } = await client.send(
    new GenerateDataKeyCommand({ KeyId: KeyMetadata!.KeyId, KeySpec: 'AES_256' }),
  );
  await client.send(new DecryptCommand({ CiphertextBlob }));
  await client.encrypt({ KeyId: KeyMetadata!.KeyId, Plaintext });
  await expect.poll(() => traces.length).toBe(4);

  const text = everythingIn(traces);
  expect(text).toContain(Buffer.from(CiphertextBlob!).toString('base64'));
  expect(text).not.toContain(Buffer.from(Plaintext!).toString('base64'));
  expect(text).not.toContain(Buffer.from(Plaintext!).toString('hex'));
});
