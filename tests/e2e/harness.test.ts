import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished } from 'vitest';
import { test } from './harness.ts';

describe('the harness notices', () => {
  test('an error in the console', async ({ visit, faults }) => {
    const page = await visit('/');
    await page.evaluate(() => console.error('It broke.'));
    await expect.poll(() => faults.splice(0)).toEqual([expect.stringContaining('It broke.')]);
  });

  test('an error that nobody caught', async ({ visit, faults }) => {
    const page = await visit('/');
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error('It fell.');
      });
    });
    await expect.poll(() => faults.splice(0)).toEqual([expect.stringContaining('It fell.')]);
  });

  test('an inline script, which the policy of the page refuses', async ({ visit, faults }) => {
    const page = await visit('/');
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.injected = true;';
      document.body.append(script);
      return 'injected' in globalThis;
    });
    expect(ran).toBe(false);
    await expect.poll(() => faults.splice(0)).toEqual([expect.stringContaining('Content Security Policy')]);
  });

  test('a request to another origin', async ({ visit, faults }) => {
    const elsewhere = createServer((_request, response) => response.end());
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    onTestFinished(() => void elsewhere.close());
    const page = await visit('/');
    const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    await page.goto(url);
    expect(faults.splice(0)).toContain(`request to ${url}`);
  });
});
