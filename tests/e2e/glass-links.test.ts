import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { projectRoot } from '../../scripts/build-site.js';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { readRecording } from '../../src/lib/glass/examples/recording.ts';
import { expectAccessible, test } from './harness.ts';

/** Addresses that a teacher may hand out, and what stands there. */

/** The ciphertext that the example `allowed` ends with. */
function recordedBlob(): Uint8Array {
  const text = readFileSync(join(projectRoot, 'examples/allowed/recorded.json'), 'utf8');
  const { trace } = readRecording(JSON.parse(text)) as { trace: TraceRecord };
  const field = trace.steps
    .flatMap(({ fields }) => fields)
    .find(({ layout }) => layout === 'ciphertext-blob');
  return field!.value as Uint8Array;
}

describe('a deep link into the glass', () => {
  test('leads to a step of a recorded example', async ({ visit }) => {
    const page = await visit('/glass/#example=denied-by-policy&step=5', { reducedMotion: true });
    await page.getByRole('heading', { level: 2, name: 'Denied by the key policy' }).waitFor();
    await page.getByText('Step 5 of 7', { exact: true }).waitFor();
    await page.getByRole('heading', { name: /^Statement "OnlyPayrollDecrypts" of the key policy/ }).waitFor();
    await expectAccessible(page);
  });

  test('leads to a byte of a ciphertext', async ({ visit }) => {
    const blob = encodeURIComponent(Buffer.from(recordedBlob()).toString('base64'));
    const page = await visit(`/glass/ciphertext/#blob=${blob}&byte=38`, { reducedMotion: true });
    await page.getByText('from the address').first().waitFor();
    await page.getByText('Byte 38', { exact: false }).filter({ visible: true }).first().waitFor();
    await page.getByText('Nonce', { exact: true }).filter({ visible: true }).first().waitFor();
    await expectAccessible(page);
  });
});
