import type { Locator, Page } from 'playwright-core';
import { describe } from 'vitest';
import { expectAccessible, test } from './harness.ts';

/** The envelope lesson, done by hand from beginning to end as its own text says. */

const lesson = '/lessons/envelope-encryption/';

function step(page: Page, title: string): Locator {
  return page.getByRole('region', { name: title, exact: true });
}

function bench(page: Page, what: string): Locator {
  return page.getByRole('form', { name: `Bench: ${what}`, exact: true });
}

async function expectDone(page: Page, title: string): Promise<void> {
  await step(page, title).getByText('Done', { exact: true }).first().waitFor({ timeout: 30_000 });
}

async function press(where: Locator, name: string): Promise<void> {
  await where.getByRole('button', { name, exact: true }).click();
}

async function encryptTwice(page: Page): Promise<void> {
  await press(bench(page, 'create a KMS key'), 'Create the key');
  await bench(page, 'create a KMS key').getByText('This key exists now').waitFor();
  const encrypt = bench(page, 'encrypt a short secret');
  await press(encrypt, 'Encrypt');
  await press(encrypt, 'Encrypt the same again');
  await encrypt.getByText('The same secret, encrypted again').first().waitFor();
}

async function meetTheWall(page: Page): Promise<void> {
  const wall = bench(page, 'encrypt the file with Encrypt');
  await press(wall, 'Use the supplied picture');
  await wall.getByText('It stays on this machine.').waitFor({ timeout: 60_000 });
  await press(wall, 'Encrypt');
  await wall
    .getByText(
      "Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
    )
    .waitFor();
}

async function seal(page: Page): Promise<void> {
  await press(bench(page, 'ask for a data key'), 'Send');
  await expectDone(page, 'One key, two forms');
  const sealing = bench(page, 'seal the file on your machine');
  await press(sealing, 'Seal the file');
  await press(sealing, 'Forget the plaintext data key');
}

async function open(page: Page): Promise<void> {
  const opening = bench(page, 'open the envelope');
  await press(opening, 'Decrypt the data key');
  await press(opening, 'Open the envelope');
  await opening.getByText('Out of the envelope').waitFor({ timeout: 60_000 });
}

async function breakIt(page: Page): Promise<void> {
  const otherContext = bench(page, 'another encryption context');
  await otherContext.getByLabel('Value').first().fill('something else');
  await press(otherContext, 'Ask Decrypt');
  await otherContext.getByText('InvalidCiphertextException').waitFor();

  const disabled = bench(page, 'a disabled key');
  await press(disabled, 'Disable the key');
  await press(disabled, 'Ask Decrypt');
  await disabled.getByText('DisabledException').waitFor();
  await press(disabled, 'Enable the key');

  const mallory = bench(page, 'another principal');
  await press(mallory, 'Ask Decrypt');
  await mallory.getByText('AccessDeniedException').waitFor();

  const bit = bench(page, 'one flipped bit');
  await bit.getByRole('button', { name: /^Authentication tag/ }).click();
  await press(bit, 'Ask Decrypt');
  await bit.getByText('InvalidCiphertextException').waitFor();
}

describe('the envelope lesson', () => {
  test('can be done by hand, with a reload in the middle', { timeout: 180_000 }, async ({ visit }) => {
    const page = await visit(lesson);
    await encryptTwice(page);
    await expectDone(page, 'A key, and a short secret');
    await meetTheWall(page);
    await expectDone(page, 'The wall at 4,096 bytes');
    await seal(page);
    await expectDone(page, 'Seal the file, forget the key');

    await page.reload();
    await expectDone(page, 'Seal the file, forget the key');
    await open(page);
    await expectDone(page, 'Come back');
    await breakIt(page);
    await expectDone(page, 'Break it');
    await page.getByText('You have done the whole lesson.').waitFor();
    await expectAccessible(page);
  });
});
