import type { Browser, Page } from 'playwright-core';
import { frames, longestTask, traced, type Frames } from './tracing.ts';

export interface GlassResults {
  /** While the glass plays a request. */
  frames: Frames;
  /** While a page moves one dot by script, for as long: what this machine can do. */
  dotFrames: Frames;
  /**
   * The longest task of the page's main thread in milliseconds, with a used cloud: by the clock, and on the processor,
   * which says more where the machine does other things too.
   */
  tasks: { what: string; longest: number; busy: number }[];
}

const keys = 1_000;
const requests = 10_000;

/** The glass of the built site: frames while it plays, and how it bears a cloud of many keys and requests. */
export async function measureGlass(browser: Browser, site: string): Promise<GlassResults> {
  return {
    frames: await framesWhilePlaying(browser, site),
    dotFrames: await framesOfADot(browser),
    tasks: await tasksWithMuch(browser, site),
  };
}

async function framesOfADot(browser: Browser): Promise<Frames> {
  const page = await open(browser);
  await page.setContent(`<svg width="1400" height="800"><circle r="8" cy="400" /></svg><script>
    const dot = document.querySelector('circle');
    let x = 0;
    (function move() { dot.setAttribute('cx', String(x++ % 1400)); requestAnimationFrame(move); })();
  </script>`);
  const events = await traced(browser, page, () => page.waitForTimeout(10_000));
  await page.context().close();
  return frames(events);
}

async function framesWhilePlaying(browser: Browser, site: string): Promise<Frames> {
  const page = await open(browser);
  await page.goto(`${site}/glass/#example=via-service`);
  const play = page.getByRole('button', { name: 'Play', exact: true });
  await play.waitFor();
  const events = await traced(browser, page, async () => {
    await play.click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await play.waitFor({ timeout: 120_000 });
  });
  await page.context().close();
  return frames(events);
}

async function tasksWithMuch(browser: Browser, site: string): Promise<GlassResults['tasks']> {
  const page = await open(browser);
  await page.goto(`${site}/bench/`, { waitUntil: 'networkidle' });
  await page.evaluate(([some, many]) => globalThis.benchPage.fill(some, many), [keys, requests] as const);

  // Not by role: Playwright's search for roles is a long task of the page's main thread itself.
  const list = page.locator('ol[aria-label="Requests, newest first"]');
  const measure = async (what: string, work: () => Promise<unknown>) => ({
    what,
    ...longestTask(await traced(browser, page, work)),
  });
  const history = page.locator('.time-strip .buttons button').last();
  const tasks = [
    await measure('opens', async () => {
      await page.goto(`${site}/glass/`);
      await list.locator('button').first().waitFor();
      await page.locator('input[type="range"][aria-label="Step of the request"]').waitFor();
    }),
    await measure('filters the list', async () => {
      await page.getByLabel('Operation', { exact: true }).selectOption('TagResource');
      await list.getByText('Encrypt', { exact: true }).first().waitFor({ state: 'detached' });
      await page.getByLabel('Outcome', { exact: true }).selectOption('refused');
      await page.getByText('No request matches.').waitFor();
    }),
    await measure('scrubs the time machine', async () => {
      const slider = page.locator('input[type="range"][aria-label="Moment of the cloud’s history"]');
      await slider.focus();
      for (const key of ['PageDown', 'PageDown', 'ArrowLeft', 'ArrowLeft', 'Home', 'ArrowRight', 'PageUp']) {
        await page.keyboard.press(key);
        await page.getByText('You look at the cloud as it was after').waitFor();
        await settled(page);
      }
    }),
    await measure('opens the history', async () => {
      await history.click();
      await page.locator('ol[aria-label="Moments, newest first"] button').first().waitFor();
      await settled(page);
    }),
  ];
  await page.context().close();
  return tasks;
}

async function open(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  return page;
}

/** Waits until what was asked of the page has been drawn: two frames, and an idle moment. */
function settled(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestIdleCallback(() => resolve(), { timeout: 1_000 }));
      }),
  );
}
