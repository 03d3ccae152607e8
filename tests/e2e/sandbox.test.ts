import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { escapeProgram, frameEscapes, programEscapes } from './escapes.ts';
import { expectAccessibleInBothThemes, test as base } from './harness.ts';

/** The code editor and its sandbox, in which a program may do what it likes, and gets nowhere but to the cloud. */

/** A server that whatever leaves the browser would reach. */
const test = base.extend('beacon', async ({}, { onCleanup }) => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onCleanup(() => void server.close());
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const output = (page: Page) => page.getByRole('log', { name: 'Output' });
const ended = (page: Page, how: string | RegExp) =>
  page.getByRole('region', { name: 'Output' }).getByRole('status').filter({ hasText: how }).waitFor();

const sandboxOf = (page: Page) => page.frames().find((frame) => frame.parentFrame() === page.mainFrame());

/** Puts a program into the editor, and has it run, by keyboard. */
async function run(page: Page, program: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(program);
  await page.keyboard.press('ControlOrMeta+Enter');
}

test('a program runs, and cannot get out', { timeout: 120_000 }, async ({ visit, beacon, faults }) => {
  const page = await visit('/playground/', { reducedMotion: true });
  await button(page, 'Open Code').click();
  await page.locator('.monaco-editor .view-lines').waitFor();

  // As it is found: the first example, with AWS's own declarations.
  await button(page, 'Run').click();
  await ended(page, 'Ended');
  expect(await output(page).innerText()).toMatch(/^Plaintext attack at dawn$/m);
  const trace = page.getByRole('link', { name: 'Walk through Encrypt in the glass' });
  expect(await trace.getAttribute('href')).toMatch(/\/glass\/#request=[0-9a-f-]{36}$/);
  await expectAccessibleInBothThemes(page);

  // The AWS Encryption SDK, which wants Web Crypto.
  await page.getByLabel('Example').selectOption('AWS Encryption SDK');
  await button(page, 'Run').click();
  await ended(page, 'Ended');
  expect(await output(page).innerText()).toMatch(/^letter$/m);

  // Where a file's name is written, nothing lies over it.
  await button(page, 'New file').click();
  await button(page, 'Cancel').click();

  // What a learner does wrong is told, with its place in the source.
  await run(page, `import { readFileSync } from 'node:fs';\nreadFileSync('x');`);
  await ended(page, 'Ended with an error');
  expect(await output(page).innerText()).toContain('There are no files here');
  await run(
    page,
    `import { KMS } from '@aws-sdk/client-kms';\n\nawait new KMS({}).describeKey({ KeyId: 'alias/no' });`,
  );
  await ended(page, 'Ended with an error');
  expect(await output(page).innerText()).toMatch(
    /Uncaught NotFoundException: .*alias\/no[^]*index\.ts:3:[^]*httpStatusCode: 400/,
  );
  await run(page, 'const = 1;');
  await ended(page, 'it cannot be compiled');

  // What hogs is stopped, by hand, by the clock and by the cap, and the page lives.
  await run(page, `console.log('before'); for (;;) {}`);
  await output(page).getByText('before').waitFor();
  await button(page, 'Stop').click();
  await ended(page, 'Stopped');
  await run(page, `for (let n = 0; n < 1e6; n++) console.log(n);`);
  await ended(page, 'Ended');
  expect((await output(page).innerText()).length).toBeLessThan(600_000);
  expect(await output(page).innerText()).toMatch(/This is as much as one run may put out\.\s*$/);
  await page.getByLabel('Time limit').selectOption('2 s');
  // Half a gigabyte a second. One that has used up all that its process may have dies by itself, and that process is the
  // page's own in browsers that do not give a sandboxed frame another (SECURITY.md).
  const hog = `const hog = [];
for (;;) {
  hog.push(new Array(100_000).fill(hog.length));
  for (let pause = 0; pause < 2e6; pause++);
}`;
  await run(page, hog);
  await ended(page, 'the time limit was over');
  await page.getByLabel('Time limit').selectOption('10 s');

  // Every way out.
  await run(page, escapeProgram(beacon.address));
  await ended(page, 'Ended');
  const said = (await output(page).innerText()).split('\n');
  const names = Object.keys(programEscapes(beacon.address));
  expect(said).toEqual([...names.map((name) => `in ${name}`), `Tried ${names.length} of 200`]);
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);

  // And the same for a program that would have got into the frame: the next one is waiting.
  await expect.poll(() => sandboxOf(page)).toBeTruthy();
  const frame = sandboxOf(page)!;
  await frame.waitForLoadState();
  expect(await frame.evaluate(frameEscapes, beacon.address)).toEqual([]);
  // Last, since what it leads to is no place for more.
  await frame.evaluate((address) => {
    setTimeout(() => (location.href = `http://${address}/frame-navigation`));
  }, beacon.address);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(page.url()).toMatch(/\/playground\/$/);
  expect(beacon.heard).toEqual([]);

  // The browser tells of each that it was refused; what it names a request has not left it.
  const refused = /Content Security Policy|sandboxed|ERR_BLOCKED_BY_CSP/;
  expect(faults.filter((fault) => !refused.test(fault) && !fault.includes(beacon.address))).toEqual([]);
  faults.length = 0;
});
