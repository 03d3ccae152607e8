import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectAccessible, test } from './harness.ts';

/** The glass from end to end by one who has a keyboard and nothing else. */

/** Presses Tab until this has the focus, as many times as a page may have stops. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let press = 0; press < 200; press++) {
    await page.keyboard.press('Tab');
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`The keyboard does not reach ${String(target)}.`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function expectPicture(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

describe('the glass with the keyboard alone', () => {
  test('from the first request to undoing it', { timeout: 120_000 }, async ({ visit }) => {
    const page = await visit('/glass/storage/', { reducedMotion: true });
    await press(page, button(page, 'Create a key'));
    await page.getByRole('heading', { name: 'Break it, and mend it' }).waitFor();

    await press(page, page.getByRole('navigation', { name: 'Pictures of the cloud' }).getByText('The house'));
    await expectPicture(page, 'The house');
    const created = page.getByRole('list', { name: 'Requests, newest first' }).getByText('CreateKey');
    await press(page, created.locator('xpath=ancestor::button'));
    await tabTo(page, page.getByRole('slider', { name: 'Step of the request' }));
    await page.keyboard.press('Home');
    await page.getByText(/^Step 1 of \d+$/).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^Step 2 of \d+$/).waitFor();
    await page.keyboard.press('Space');
    await page.getByText(/^Step 3 of \d+$/).waitFor();
    await press(page, button(page, 'To the decision'));
    await expect.poll(() => page.url()).toMatch(/#request=[0-9a-f-]{36}&step=\d+$/);
    await page
      .getByText(/allows kms:CreateKey to Ada/)
      .first()
      .waitFor();

    await press(page, page.getByRole('link', { name: 'Go in: Storage', exact: true }));
    await expectPicture(page, 'Storage');

    await tabTo(page, page.getByRole('slider', { name: 'Moment of the cloud’s history' }));
    await page.keyboard.press('Home');
    await page.getByText('You look at the cloud as it was after').waitFor();
    await page.getByText('At that time the shelves were empty.').waitFor();
    await press(page, button(page, 'History'));
    await expectAccessible(page);
    await press(page, button(page, 'Undo to here …'));
    const dialog = page.getByRole('alertdialog', { name: 'Undo to here?' });
    await dialog.getByText('Taken back').waitFor();
    await expectAccessible(page);
    await press(page, dialog.getByRole('button', { name: 'Undo', exact: true }));
    await page.getByRole('alertdialog', { name: 'Undone' }).waitFor();
    await press(page, page.getByRole('alertdialog').getByRole('button', { name: 'Back to now' }));
    await page.getByRole('heading', { name: 'The shelves are empty' }).waitFor();
  });
});
