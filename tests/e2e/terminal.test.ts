import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectAccessible, expectAccessibleInBothThemes, test } from './harness.ts';

async function openTerminal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  await page.getByRole('textbox', { name: /^Terminal\. Tab completes/ }).focus();
}

/** Types into the screen of characters. */
async function type(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

/** Runs a line in the plain text view, and gives what it said. */
async function say(page: Page, line: string): Promise<string> {
  const entries = page.getByRole('log').getByRole('listitem');
  const before = await entries.count();
  const field = page.getByRole('textbox', { name: /\$$/ });
  await field.fill(line);
  await field.press('Enter');
  await entries.nth(before).waitFor();
  await expect.poll(() => entries.nth(before).innerText()).not.toContain('Running');
  return (await entries.nth(before).innerText()).replace(/^.*\$ .*\n?/, '');
}

describe('the terminal', () => {
  test('is a shell on the cloud, on a screen and as plain text', { timeout: 120_000 }, async ({ visit }) => {
    const page = await visit('/playground/');
    await openTerminal(page);
    const screen = page.getByRole('group', { name: 'Terminal' });
    await type(page, 'KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)');
    await type(
      page,
      'echo secret > letter; aws kms encrypt --key-id $KEY --plaintext fileb://letter --output text --query CiphertextBlob | base64 -d > letter.kms',
    );
    await type(page, 'openssl dgst -sha256 letter');
    await expect.poll(() => screen.innerText()).toContain('SHA2-256(letter)= ');
    await expectAccessible(page);

    // What is completed is the cloud's own.
    await page.keyboard.type('aws kms describe-key --key-id ');
    await page.keyboard.press('Tab');
    await page.keyboard.type('--query KeyMetadata.KeyState');
    await page.keyboard.press('Enter');
    await expect.poll(() => screen.innerText()).toContain('"Enabled"');

    // The keyboard gets out again.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(
      await page
        .getByRole('button', { name: 'Plain text' })
        .evaluate((each) => each === document.activeElement),
    ).toBe(true);
    await page.keyboard.press('Enter');

    // The same shell in plain text: variables and what was said are there.
    await expect.poll(() => page.getByRole('log').innerText()).toContain('SHA2-256(letter)= ');
    expect(
      await say(
        page,
        'aws kms decrypt --ciphertext-blob fileb://letter.kms --query Plaintext --output text | base64 -d',
      ),
    ).toBe('secret\n');
    expect(await say(page, 'aws kms describe-key --key-id $KEY --profile Mallory')).toContain(
      'An error occurred (AccessDeniedException)',
    );
    await expectAccessibleInBothThemes(page);

    // A worker that does not answer any more is stopped, and the page lives on.
    const field = page.getByRole('textbox', { name: /\$$/ });
    await field.fill('while true; do :; done; '.repeat(30));
    await field.press('Enter');
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Stop' }).count(), { timeout: 20_000 }).toBe(0);
    expect(await say(page, 'echo $((6 * 7)) $(wc -c < letter)')).toBe('42 7\n');

    // Files go in and out, and stay.
    await page.getByRole('button', { name: 'Files', exact: true }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Put files in' }).click();
    await (
      await chooser
    ).setFiles({ name: 'given.bin', mimeType: 'application/octet-stream', buffer: Buffer.from([0, 255]) });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download given.bin' }).click();
    expect([...(await readFile(await (await download).path()))]).toEqual([0, 255]);
    await page.reload();
    await page.getByRole('textbox', { name: /\$$/ }).waitFor({ timeout: 30_000 });
    expect(await say(page, 'cat given.bin letter | xxd -p')).toBe('00ff7365637265740a\n');
    await page.getByRole('button', { name: 'Files', exact: true }).click();
    await page.getByRole('button', { name: 'Delete all files' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete all files' }).click();
    await page.getByText('There are no files yet.').waitFor();
  });
});
