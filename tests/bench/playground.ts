import type { Browser, Page } from 'playwright-core';
import { quantile, type Comparison } from './compare.ts';

const rounds = 25;
const warmUp = 5;

/**
 * How long a learner waits in the playground: for a command of the terminal, and from pressing Run to the first answer of
 * the cloud, in an editor that has run before.
 * @param call what one request takes from a page through the workers, in microseconds
 */
export async function measurePlayground(browser: Browser, site: string, call: number): Promise<Comparison[]> {
  const inPlayground = async (measure: (page: Page) => Promise<number[]>): Promise<number[]> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(`${site}/playground/`);
    const times = await measure(page);
    await context.close();
    return times;
  };
  const compared = (name: string, times: number[]): Comparison => {
    const at = (share: number) => quantile(times, share) * 1000;
    const [low, middle, high] = [at(0.25), at(0.5), at(0.75)];
    const ratio = (time: number) => time / call;
    return {
      name: `${name} ÷ an Encrypt from a page through the workers`,
      ...{ subject: middle, baseline: call, ratio: ratio(middle), spread: [ratio(low), ratio(high)] },
      ...{ rounds, calls: 1 },
    };
  };
  const command = compared(
    'A command of the terminal, `aws kms generate-random`',
    await inPlayground(commandTimes),
  );
  const run = compared('From pressing Run to the first answer', await inPlayground(runTimes));
  return [command, run];
}

async function commandTimes(page: Page): Promise<number[]> {
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  await page.getByRole('button', { name: 'Plain text' }).click();
  const field = page.getByRole('textbox', { name: /\$$/ });
  const times: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    await field.fill('aws kms generate-random --number-of-bytes 16');
    const time = timed(page, 'keydown', () => {
      const last = [...document.querySelectorAll('[role=log] > ol > li')].at(-1)?.textContent;
      return last !== undefined && /"Plaintext": "[^"]+"/.test(last);
    });
    await field.press('Enter');
    times.push(await time);
  }
  return times.slice(warmUp);
}

async function runTimes(page: Page): Promise<number[]> {
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await page.locator('.monaco-editor .view-lines').waitFor();
  const run = page.getByRole('button', { name: 'Run', exact: true });
  const status = page.getByRole('region', { name: 'Output' }).getByRole('status');
  const times: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    // A press forgets the calls of the last run.
    const time = timed(page, 'click', () => document.querySelector('.output details a') !== null);
    await run.click();
    times.push(await time);
    await status.filter({ hasText: 'Ended' }).waitFor();
  }
  return times.slice(warmUp);
}

/**
 * Milliseconds from the next event of this type until what is asked for is in the page, and was not in between; in the
 * page's own time.
 */
function timed(page: Page, type: 'click' | 'keydown', isThere: () => boolean): Promise<number> {
  // As text: what a function refers to does not cross into a page.
  return page.evaluate(`(${untilThere.toString()})(${JSON.stringify(type)}, ${isThere.toString()})`);
}

function untilThere(type: string, isThere: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const begin = () => {
      const start = performance.now();
      let wasGone = false;
      const observer = new MutationObserver(() => {
        if (!isThere()) wasGone = true;
        else if (wasGone) {
          observer.disconnect();
          resolve(performance.now() - start);
        }
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    };
    addEventListener(type, begin, { once: true, capture: true });
  });
}
