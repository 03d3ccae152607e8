import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { expectAccessible, test } from './harness.ts';

/** The live parts of the pages, used as a visitor would use them. */

async function encryptAtHome(page: Page, secret: string): Promise<void> {
  await page.getByLabel('Type something to keep secret').fill(secret);
  await page.getByRole('button', { name: 'Decrypt it' }).waitFor();
}

/** Goes to one of the site's main pages, whose heading may have another name than its link. */
async function follow(page: Page, name: string, heading = name): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

describe('home', () => {
  test('encrypts what is typed, opens it again, and refuses a changed byte', async ({ visit }) => {
    const page = await visit('/');
    await encryptAtHome(page, 'hello, glass');
    await page.getByText('164 bytes').waitFor();
    await page.getByRole('button', { name: 'Decrypt it' }).click();
    await page.getByText('Decrypt gives back').waitFor();
    await page.getByText('hello, glass', { exact: true }).last().waitFor();
    await page.getByRole('button', { name: 'Change a byte' }).click();
    await page.getByRole('button', { name: 'Decrypt it' }).click();
    await page.getByText('InvalidCiphertextException').first().waitFor();
    await expectAccessible(page);
  });
});

describe('the glass', () => {
  test('walks through a request by keyboard', async ({ visit }) => {
    const page = await visit('/', { reducedMotion: true });
    await encryptAtHome(page, 'x');
    await follow(page, 'Glass', 'The house');
    await page.getByRole('button', { name: /^Encrypt/ }).click();
    const position = page.getByRole('slider', { name: 'Step of the request' });
    await position.focus();
    await page.keyboard.press('Home');
    await page.getByText('Step 1 of 13').first().waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Step 2 of 13').first().waitFor();
    await page.keyboard.press('End');
    await page.getByText('Step 13 of 13').first().waitFor();
    await expect.poll(() => page.url()).toMatch(/#request=[0-9a-f-]{36}&step=13$/);
    await page.getByText('All steps as a table').click();
    expect(await page.getByRole('table').first().getByRole('row').count()).toBe(14);
    await expectAccessible(page);
  });

  test('makes a first request where there was none', async ({ visit }) => {
    const page = await visit('/glass/');
    await page.getByRole('button', { name: 'Send a GenerateRandom request' }).click();
    await page.getByRole('slider', { name: 'Step of the request' }).waitFor();
  });
});

describe('the trail', () => {
  test('lists what was done and shows the record itself', async ({ visit }) => {
    const page = await visit('/');
    await encryptAtHome(page, 'x');
    await follow(page, 'Trail');
    await page.getByRole('button', { name: 'Encrypt', exact: true }).click();
    await page.getByText('"eventName": "Encrypt"').waitFor();
    await page.getByText('"userAgent"').waitFor();
    expect(await page.getByRole('button', { name: 'LookupEvents' }).count()).toBe(0);
    await page.getByLabel('Show the Auditor’s own requests').check();
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByRole('button', { name: 'LookupEvents' }).first().waitFor();
    await expectAccessible(page);
  });
});

describe('resetting the cloud', () => {
  test('asks first, keeps everything on "Keep it", and forgets everything on "Reset"', async ({ visit }) => {
    const page = await visit('/');
    await encryptAtHome(page, 'x');
    const dialog = page.getByRole('alertdialog', { name: 'Reset this cloud?' });
    const ask = async () => {
      await page.getByRole('button', { name: 'This cloud' }).click();
      await page.getByRole('button', { name: 'Reset this cloud …' }).click();
      await dialog.getByText('the one KMS key').waitFor();
    };
    await ask();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.reload();
    await follow(page, 'Trail');
    await page.getByRole('button', { name: 'CreateKey', exact: true }).waitFor();
    await ask();
    await dialog.getByRole('button', { name: 'Reset', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByRole('button', { name: 'CreateKey', exact: true }).waitFor({ state: 'detached' });
  });

  test('founds the cloud from a scenario, and says what is wrong with one', async ({ visit }) => {
    const scenarioOf = (keys: object[]) => ({
      name: 'scenario.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({ version: 1, accounts: [{ accountId: '444455556666', principals: [], keys }] }),
      ),
    });
    const page = await visit('/trail/');
    await page.getByRole('button', { name: 'This cloud' }).click();
    await page.getByRole('button', { name: 'Reset this cloud …' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Reset this cloud?' });
    await dialog.getByText('Begin with a seed or a scenario').click();
    const file = dialog.getByLabel('Scenario file');
    await file.setInputFiles(scenarioOf([{ spec: 'RSA_1024' }]));
    await dialog.getByText('accounts[0].keys[0].spec: ').waitFor();
    await expectAccessible(page);
    await file.setInputFiles(scenarioOf([{ spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }]));
    await dialog.getByText('One account, 0 principals and one key.').waitFor();
    await dialog.getByRole('button', { name: 'Reset', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByRole('button', { name: 'CreateKey', exact: true }).waitFor();
  });
});

describe('a cloud from a seed', () => {
  /** Resets a fresh visitor's cloud to this seed, and gives the home page's ciphertext blob as it is shown. */
  async function seededBlob(page: Page, seed: string): Promise<string> {
    await encryptAtHome(page, 'first');
    await page.getByRole('button', { name: 'This cloud' }).click();
    await page.getByRole('button', { name: 'Reset this cloud …' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Reset this cloud?' });
    await dialog.getByText('Begin with a seed or a scenario').click();
    await dialog.getByLabel('Seed', { exact: true }).fill(seed);
    await dialog.getByRole('button', { name: 'Reset', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(`This cloud is made from the seed “${seed}”`).waitFor();
    const bytes = page.getByRole('group', { name: 'Ciphertext blob' });
    const before = await bytes.innerText();
    await encryptAtHome(page, 'a secret of the class');
    await expect.poll(() => bytes.innerText()).not.toBe(before);
    return bytes.innerText();
  }

  test('says so on every page, and gives the same bytes to another visitor', async ({ visit }) => {
    const page = await visit('/');
    const blob = await seededBlob(page, 'class 7');
    await follow(page, 'Glass', 'The house');
    await page.getByText('This cloud is made from the seed “class 7”').waitFor();
    await expectAccessible(page);
    await page.reload();
    await page.getByRole('button', { name: 'This cloud' }).click();
    await page.getByText('The seed “class 7”. Nothing in it is secret.').waitFor();
    expect(await seededBlob(await visit('/'), 'class 7')).toBe(blob);
  });
});
