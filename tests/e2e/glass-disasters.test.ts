import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { expectAccessible, test } from './harness.ts';

/** What time and disaster do to keys, seen in the pictures. */

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function visitPicture(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Pictures of the cloud' })
    .getByText(name, { exact: true })
    .click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

describe('a key of this cloud', () => {
  test('is shredded when the clock reaches its deletion', { timeout: 120_000 }, async ({ visit }) => {
    const page = await visit('/glass/key/', { reducedMotion: true });
    await press(page, 'Create key');
    await page.getByRole('button', { name: /ScheduleKeyDeletion/ }).click();
    await page.getByText('I confirm that this key is to be deleted after the waiting period.').click();
    await press(page, 'Send');
    await page.getByText('ScheduleKeyDeletion: done.').waitFor();

    await press(page, 'Move the clock');
    await page.getByRole('button', { name: /: Deletion of a key/ }).click();
    await page
      .getByText(/shredded/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await press(page, 'Move the clock');
    await visitPicture(page, 'Storage');
    await page
      .getByText(/sealed key of this KMS key is stored|The shelves are empty/)
      .first()
      .waitFor();
  });

  test('opens nothing once all copies are lost', { timeout: 120_000 }, async ({ visit }) => {
    const page = await visit('/glass/storage/', { reducedMotion: true });
    await press(page, 'Create a key');
    await press(page, 'Encrypt and decrypt with it');
    await page.getByText('Decrypt: done.').waitFor();

    await page.getByLabel('Zone b', { exact: true }).check();
    await page.getByLabel('Zone c', { exact: true }).check();
    await press(page, 'Lose the copies …');
    const dialog = page.getByRole('alertdialog', { name: 'Lose the copies of all three zones?' });
    await dialog.getByText('they are the last good ones').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Lose them' }).click();
    await page.getByText('1 KMS key cannot be opened any more').waitFor();
    await press(page, 'Encrypt and decrypt with it');
    await page.getByText(/Encrypt was refused: /).waitFor();
    await expectAccessible(page);
  });
});
