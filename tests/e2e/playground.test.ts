import { deflateRawSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import recorded from '../../examples/allowed/recorded.json' with { type: 'json' };
import { expectAccessible, test } from './harness.ts';

/** A link as somebody else may write one. */
function hashOf(contents: unknown, version = '1'): string {
  return `#share=${version}.${deflateRawSync(JSON.stringify(contents)).toString('base64url')}`;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

const scenario = {
  version: 1,
  accounts: [
    {
      accountId: '111122223333',
      principals: [{ type: 'User', name: 'Eve' }],
      keys: [{ aliases: ['alias/demo'] }],
    },
  ],
};

describe('a shared link', () => {
  test('says what it holds, uses none of it until asked, and can be made again from what was taken', async ({
    visit,
  }) => {
    const { trace } = recorded;
    const script = 'aws kms list-keys';
    const contents = { title: 'A class', seed: 'class 7', scenario, script, trace };
    const page = await visit(`/playground/${hashOf(contents)}`);
    const dialog = page.getByRole('alertdialog', { name: 'Somebody shared this with you' });
    await dialog
      .getByRole('region', { name: /Commands for the terminal/ })
      .getByText(script)
      .waitFor();
    await dialog
      .getByRole('region', { name: /The scenario/ })
      .getByText('"alias/demo"')
      .waitFor();
    await expectAccessible(page);
    expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);

    await dialog.getByRole('button', { name: 'Show it in the glass' }).click();
    await dialog.getByRole('button', { name: 'Make this cloud …' }).click();
    await dialog.getByText('Your own cloud is lost for good').waitFor();
    await dialog.getByRole('button', { name: 'Replace my cloud' }).click();
    await dialog.getByText('The cloud is made.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByText('A request of a shared link').waitFor();
    await page.getByText('This cloud is made from the seed “class 7”').waitFor();
    expect(new URL(page.url()).hash).toBe('');

    await button(page, 'Share …').click();
    expect(await page.getByLabel('The cloud', { exact: true }).inputValue()).toBe('seed');
    await page.getByLabel('The request that the glass shows: Encrypt').check();
    await button(page, 'Make the link').click();
    const link = await page.getByLabel('Link', { exact: true }).inputValue();
    const other = await page.context().newPage();
    await other.goto(link);
    await other.getByRole('heading', { name: 'A cloud made from the seed “class 7”' }).waitFor();
    await other
      .getByRole('region', { name: /The scenario/ })
      .getByText('"alias/demo"')
      .waitFor();
    await other.getByRole('heading', { name: 'A request: Encrypt' }).waitFor();
  });

  test('that is not one is not opened', async ({ visit }) => {
    const page = await visit(`/playground/${hashOf({ seed: 'a' }, '2')}`);
    await page.getByText('The link was made by another version of this site.').waitFor();
    await page.goto(page.url().replace(/#.*/, hashOf({ seed: 'a', run: '<img src=x onerror=alert(1)>' })));
    await page.getByText('What is in the link is not what this site puts into one.').waitFor();
  });
});

describe('the playground', () => {
  test('keeps its layout, and its borders move by keyboard', async ({ visit }) => {
    const page = await visit('/playground/', { reducedMotion: true });
    await button(page, 'Open Terminal').click();
    const border = page.getByRole('separator', { name: 'Border between Terminal and Glass' });
    const before = Number(await border.getAttribute('aria-valuenow'));
    await border.press('ArrowRight');
    expect(Number(await border.getAttribute('aria-valuenow'))).toBe(before + 3);
    await button(page, 'Terminal: whole place').click();
    await border.waitFor({ state: 'detached' });
    await page.reload();
    await button(page, 'Terminal: whole place').click();
    expect(Number(await border.getAttribute('aria-valuenow'))).toBe(before + 3);
    await button(page, 'Close Terminal').click();
    await page.getByRole('heading', { name: 'Open a face' }).waitFor();
  });
});

describe('a backup', () => {
  test('takes a cloud to another browser, where it lasts', async ({ visit }) => {
    const passphrase = 'correct horse battery staple';
    const page = await visit('/');
    await page.getByLabel('Type something to keep secret').fill('kept');
    await button(page, 'Decrypt it').waitFor();
    await button(page, 'This cloud').click();
    await button(page, 'Save a backup …').click();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await page.getByLabel('The passphrase again').fill(passphrase);
    const saved = page.waitForEvent('download');
    await button(page, 'Save the file').click();
    const file = await (await saved).path();

    const other = await visit('/');
    await button(other, 'This cloud').click();
    await button(other, 'Restore from a backup …').click();
    await other.getByLabel('Backup file').setInputFiles(file);
    await other.getByLabel('Passphrase', { exact: true }).fill('another passphrase');
    await button(other, 'Look into it').click();
    await other.getByText('the passphrase is another, or the file was changed').waitFor();
    await other.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await button(other, 'Look into it').click();
    await other.getByText('The backup holds:').waitFor();
    await expectAccessible(other);
    await button(other, 'Replace this cloud').click();
    await other.getByRole('alertdialog').waitFor({ state: 'detached' });

    await other.reload();
    await other.getByLabel('Type something to keep secret').fill('kept there');
    await button(other, 'Decrypt it').click();
    await other.getByText('kept there', { exact: true }).last().waitFor();
    await button(other, 'This cloud').click();
    // The key of the other browser is used on; no second one was made.
    const facts = other.getByRole('definition');
    await expect.poll(() => facts.allInnerTexts()).toContain('1');
  });
});
