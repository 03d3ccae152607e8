import { expectAccessibleInBothThemes, test } from './harness.ts';

test('a key policy is edited with what it knows, tried out before it holds, and put in place', async ({
  visit,
}) => {
  const page = await visit('/playground/#console=operations/CreateKey', { reducedMotion: true });
  const console = page.getByRole('region', { name: 'Console', exact: true });
  const button = (name: string) => console.getByRole('button', { name, exact: true });
  await button('Send').click();
  const reply = await console.getByText('"Arn": "arn:aws:kms:').first().textContent();
  const [keyArn] = /arn:aws:kms:[^"]+/.exec(reply ?? '') ?? [];
  await page.evaluate((path) => void (location.hash = path), `#console=keys/${keyArn}/policy`);

  // Statements for what is asked for most often, and what the draft changes for whom.
  const editor = console.getByRole('textbox', { name: /^Key policy/ });
  await console.getByText('There is nothing to say against this policy.').waitFor();
  for (const template of ['A second factor for deletion', 'Until a certain time']) {
    await console.getByLabel('Add a statement for …').selectOption({ label: template });
    await button('Add it').click();
  }
  const changes = console.getByRole('region', { name: 'The draft beside the stored policy' });
  await changes.getByText('"Sid": "Deny decryption from a time on"').waitFor();
  const reach = console.getByRole('region', { name: 'What the draft changes for whom' });
  await reach.getByRole('row', { name: /^Ada .*loses/ }).waitFor();
  await expectAccessibleInBothThemes(page);

  // The simulator judges the draft, and what is stored: nobody has to wait for the time.
  const form = console.getByRole('form', { name: 'The request' });
  const answer = console.getByRole('region', { name: 'The answer' });
  await form.getByLabel('Who').selectOption({ label: 'FileVault, account 111122223333' });
  await answer.getByText('FileVault could do it').waitFor();
  await form.getByLabel('When, in UTC; empty for now').fill('2031-01-01T03:00');
  await answer.getByText('FileVault may not: Decrypt is denied.').waitFor();
  await answer.getByText(/DateGreaterThan holds: aws:CurrentTime is "2031-01-01T03:00:00Z"/).waitFor();
  await form.getByLabel('Under which policy').selectOption({ label: 'The one that the key has' });
  await answer.getByText('FileVault could do it').waitFor();

  // The lint says what is wrong, and KMS what it does not take.
  await editor.press('Control+A');
  await page.keyboard.insertText('{"Version": "2012-10-17" "Statement": []}');
  const findings = console.getByRole('region', { name: 'What there is to say about the policy' });
  await findings.getByText('A comma is wanted here.').waitFor();
  await button('Put the stored policy back').click();
  // From "kms:*" on its line to an action that there is not.
  await editor.press('Control+Home');
  for (let line = 1; line < 11; line++) await editor.press('ArrowDown');
  for (const key of ['End', 'ArrowLeft', 'ArrowLeft', 'Backspace']) await editor.press(key);
  await page.keyboard.type('Decr');
  await page.getByRole('option', { name: /kms:Decrypt/ }).waitFor();
  await page.keyboard.type('ipt');
  await findings.getByText('Did you mean kms:Decrypt?').waitFor();
  await console.getByText('Ada could not change the policy again').waitFor();
  await button('Put this policy').click();
  await console.getByText('The new key policy will not allow you to update').waitFor();

  await button('Put the stored policy back').click();
  await button('Add it').click();
  await button('Put this policy').click();
  await console.getByText('The key has this policy now.').waitFor();
  await changes.waitFor({ state: 'detached' });
});
