import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectAccessible, test } from './harness.ts';

/** The frame that all pictures of the glass share: ways between them, time, and what a class sees. */

/** A key, an alias, and a few requests with them, made by the home page; then the glass. */
async function glassWithRequests(page: Page): Promise<void> {
  await page.getByLabel('Type something to keep secret').fill('x');
  await page.getByRole('button', { name: 'Decrypt it' }).click();
  await page.getByText('Decrypt gives back').waitFor();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Glass' }).click();
  await page.getByRole('heading', { level: 1, name: 'The house' }).waitFor();
}

const moment = (page: Page) => page.getByRole('slider', { name: 'Moment of the cloud’s history' });

describe('the house', () => {
  test('leads into its rooms and back, keeping request and step', async ({ visit }) => {
    const page = await visit('/', { reducedMotion: true });
    await glassWithRequests(page);
    await page.getByRole('button', { name: /^Encrypt/ }).click();
    const step = page.getByRole('slider', { name: 'Step of the request' });
    await step.focus();
    await page.keyboard.press('ArrowRight');
    const room = page.getByRole('link', { name: 'Go in: Storage' });
    await room.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Storage' }).waitFor();
    expect(page.url()).toMatch(/\/glass\/storage\/#request=[0-9a-f-]{36}&step=2$/);
    await page.getByRole('link', { name: 'The house' }).click();
    await page.getByText('Step 2 of 13').first().waitFor();
  });

  test('shows the same step of the same request after a reload', async ({ visit }) => {
    const page = await visit('/', { reducedMotion: true });
    await glassWithRequests(page);
    await page.getByRole('button', { name: /^CreateAlias/ }).click();
    await page.getByRole('button', { name: 'To the decision' }).click();
    await expect.poll(() => page.url()).toMatch(/&step=\d+$/);
    const shown = await page.getByText(/^Step \d+ of/).innerText();
    await page.reload();
    await expect.poll(() => page.getByText(/^Step \d+ of/).innerText()).toBe(shown);
  });

  test('opens a recorded example, large and alone for a class', async ({ visit }) => {
    const page = await visit('/glass/?present#example=denied-by-policy&step=5', { reducedMotion: true });
    await page.getByText('Recorded example', { exact: true }).waitFor();
    await page.getByText('Step 5 of').first().waitFor();
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await expect.poll(() => page.url()).not.toContain('present');
  });
});

describe('time', () => {
  test('is wound back by keyboard, on every picture, and undone', async ({ visit }) => {
    const page = await visit('/', { reducedMotion: true });
    await glassWithRequests(page);
    await expect.poll(() => moment(page).getAttribute('aria-valuetext')).toMatch(/^Now, after \d+ moments$/);
    await moment(page).focus();
    await page.keyboard.press('Home');
    const notice = page.getByText('You look at the cloud as it was after: The cloud was founded.');
    await notice.waitFor();
    await page.getByText('0 KMS keys').first().waitFor();
    await page.getByRole('link', { name: 'A key', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'A key' }).waitFor();
    await notice.waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByRole('button', { name: 'Undo to here …' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Undo to here?' });
    await dialog.getByText('alias/demo').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Undo', exact: true }).click();
    const done = page.getByRole('alertdialog', { name: 'Undone' });
    await done.getByRole('button', { name: 'Back to now' }).click();
    await page.getByRole('button', { name: 'History was undone' }).waitFor();
    await notice.waitFor({ state: 'detached' });
  });

  test('goes on when the clock is moved, and says what happened on the way', async ({ visit }) => {
    const page = await visit('/', { reducedMotion: true });
    await glassWithRequests(page);
    await page.getByRole('button', { name: 'Move the clock' }).click();
    await page.getByRole('list', { name: 'What is coming' }).getByText('New domain key').waitFor();
    await page.getByRole('button', { name: 'To the next thing: new domain key' }).click();
    await page.getByRole('link', { name: 'New domain key, because its time had come' }).first().waitFor();
    await expectAccessible(page);
  });
});
