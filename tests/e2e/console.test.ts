import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessibleInBothThemes, sizes, test } from './harness.ts';

const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name, exact: true });

/** Goes to a page of the console by its navigation. */
const open = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Pages of the console' }).getByRole('link', { name }).click();

test('a key is made by the wizard, used, given away, and scheduled for deletion', async ({ visit }) => {
  const page = await visit('/playground/#console=keys', { reducedMotion: true });
  await page.getByText('There is no key of yours in this Region').waitFor();
  await button(page, 'Create key').click();
  await page.getByRole('heading', { name: 'Step 1 of 6: Kind of key' }).waitFor();
  await expectAccessibleInBothThemes(page);
  const next = button(page, 'Next');
  await next.click();
  await page.getByLabel('Alias (may be empty)').fill('payroll');
  await next.click();
  await next.click();
  await page.getByLabel('FileVault (role)').check();
  await next.click();
  await page.getByRole('textbox', { name: /^Key policy/ }).waitFor();
  // A look elsewhere loses nothing.
  await open(page, 'Aliases');
  await page.goBack();
  await page.getByRole('heading', { name: 'Step 5 of 6: Policy' }).waitFor();
  await next.click();
  expect(await page.getByLabel('Request', { exact: true }).first().textContent()).toContain('role/FileVault');
  await button(page.locator('article'), 'Create key').click();
  await page.getByText('alias/payroll exists.').waitFor();
  await button(page, 'See the key').click();
  await page.getByRole('heading', { name: 'alias/payroll' }).waitFor();

  await page.getByRole('link', { name: 'Grants' }).click();
  await page.getByLabel('Grantee principal').fill('arn:aws:iam::111122223333:user/Mallory');
  await page.getByLabel('Encrypt', { exact: true }).check();
  await button(page, 'Create grant').click();
  await page.getByRole('row', { name: /user\/Mallory/ }).waitFor();

  await open(page, 'Encrypt and decrypt');
  await page.getByLabel('Key', { exact: true }).fill('alias/payroll');
  await page.getByLabel('Plaintext', { exact: true }).fill('what Ada earns');
  await button(page, 'Encrypt').click();
  await button(page, 'Put it into Decrypt').click();
  await button(page, 'Decrypt').click();
  await page.getByRole('region', { name: 'Decrypt' }).getByText('what Ada earns').first().waitFor();

  await open(page, 'Customer managed keys');
  await page.getByRole('row', { name: /payroll.*Enabled/ }).waitFor();
  await page.getByRole('link', { name: 'payroll' }).click();
  await button(page, 'Schedule deletion').click();
  const dialog = page.getByRole('alertdialog', { name: 'Schedule the deletion of this key' });
  await dialog.getByText('After 30 days the key is gone for ever').waitFor();
  await dialog.getByText('Decrypt', { exact: true }).waitFor();
  await dialog.getByLabel('Waiting period in days').fill('7');
  // Nothing can be sent before one has confirmed.
  expect(await button(dialog, 'Schedule deletion').isDisabled()).toBe(true);
  await dialog.getByLabel('after a waiting period of 7 days').check();
  await button(dialog, 'Schedule deletion').click();
  await page.getByText('This key waits for its deletion').waitFor();

  await open(page, 'Audit trail');
  await page.getByLabel('Operation').fill('ScheduleKeyDeletion');
  await button(page, 'Look up').click();
  await page.getByText('1 of 1 records read').waitFor();
});

test('shows what the principal may see, and why no more; has a form for every operation', async ({
  visit,
}) => {
  const page = await visit('/playground/#console=keys', { reducedMotion: true, size: 'smallest' });
  await page.getByText('There is no key of yours in this Region').waitFor();
  await page.getByLabel('Signed by').selectOption({ label: 'Mallory (user)' });
  const refusal = page.getByRole('alert').filter({ hasText: 'AccessDeniedException' });
  await refusal.getByText('user/Mallory is not authorized to perform: kms:ListKeys').waitFor();
  const reason = refusal.getByRole('link', { name: 'Why: see its trace in the glass' });
  expect(await reason.getAttribute('href')).toMatch(/\/glass\/#request=[0-9a-f-]{36}$/);
  await page.getByLabel('Signed by').selectOption({ label: 'Ada (user)' });

  await page.getByLabel('Page', { exact: true }).selectOption({ label: 'All operations' });
  await page.getByLabel('Search').fill('GenerateRandom');
  await page.getByRole('link', { name: 'GenerateRandom' }).click();
  await page.getByLabel('NumberOfBytes').fill('x');
  await page.getByText('A whole number', { exact: true }).waitFor();
  await page.getByLabel('NumberOfBytes').fill('12');
  await button(page, 'Send').click();
  await page.getByRole('region', { name: 'Reply' }).getByText('12 bytes').first().waitFor();
  await expectAccessibleInBothThemes(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(sizes.smallest.width);

  await page.getByLabel('Page', { exact: true }).selectOption({ label: 'Principals' });
  await button(page, 'Create user or role').click();
  await page.getByLabel('Name', { exact: true }).fill('Packer');
  await button(page, 'Create').click();
  await page.getByText('role/Packer is there, with the access key').waitFor();
  await button(page, 'Act as Packer').click();
  const signer = page.getByLabel('Signed by');
  await expect.poll(() => signer.inputValue()).toBe('arn:aws:iam::111122223333:role/Packer');
});
