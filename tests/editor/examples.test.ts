import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { projectRoot } from '../../scripts/build-site.js';
import type { Cloud } from '../../src/engine/cloud.ts';
import { exampleTexts } from '../../src/lib/editor/examples/examples.ts';
import { openMemoryCloud, pooledRsa } from '../support/cloud.ts';
import { bridge } from '../support/http-bridge.ts';
import { awsEnvironment } from '../support/programs.ts';

/**
 * The code editor's examples, run as they are: by Node, with the AWS SDK from npm, which finds credentials and endpoint
 * where it does by default. In the browser they are run by `tests/e2e/sandbox.test.ts`.
 */

const folder = join(projectRoot, 'src/lib/editor/examples/programs');

/** By file: what its last line must be, or how it ends. */
const outcomes: Record<string, RegExp> = {
  'encryption-context': /^Row 18: InvalidCiphertextException$/,
  'encryption-sdk': /^letter$/,
  'envelope-encryption': /^A letter as long as you like; KMS never sees it\.$/,
  errors: /^ValidationException: .*4096/,
  'first-key': /^Plaintext attack at dawn$/,
  grants: /^After revoking $/,
  hmac: /^Altered: KMSInvalidMacException$/,
  'import-key-material': /^With material: Enabled$/,
  'multi-region': /^sealed in Ireland and opened by arn:aws:kms:ap-northeast-1:/,
  rotation: /^old letter was sealed by [0-9a-f]{64}$/,
  'sign-and-verify': /^Of another message false$/,
};

describe('an example of the code editor', () => {
  let cloud: Cloud;
  let close: () => Promise<void>;

  beforeEach(async () => {
    cloud = await openMemoryCloud(pooledRsa);
    const door = await bridge(cloud);
    close = () => door.close();
    const environment = { ...awsEnvironment(cloud, 'Ada'), AWS_ENDPOINT_URL_KMS: door.url };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    // The Encryption SDK's build for browsers looks for Web Crypto there (`copy-for-aws.ts`).
    vi.stubGlobal('self', globalThis);
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    await close();
    await cloud.close();
  });

  test.for(Object.entries(outcomes))('%s runs in Node', async ([name, outcome]) => {
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => void lines.push(values.join(' ')));
    await import(join(folder, `${name}.ts`)).catch((error: unknown) => lines.push(String(error)));
    expect(lines.at(-1)).toMatch(outcome);
  });

  test('stands in the list, and in this test', () => {
    const names = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));
    expect(names.sort()).toEqual(Object.keys(outcomes).sort());
    expect(Object.keys(exampleTexts)).toHaveLength(names.length);
  });
});
