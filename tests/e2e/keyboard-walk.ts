import type { Page } from 'playwright-core';
import { expect } from 'vitest';

declare global {
  var focused: { id: string; html: string; visible: boolean }[];
}

/** Walks through a page by Tab alone: every control is reached and shows it, and the first stop leads past the header. */
export async function expectKeyboardToSuffice(page: Page): Promise<void> {
  const controls = await countControls(page);
  expect(controls).toBeGreaterThan(0);
  await watchFocus(page);
  // Arrow keys, not Tab, move within a group of radio buttons or tabs; those count as one stop.
  for (let press = 0; press <= controls; press++) await page.keyboard.press('Tab');
  const stops = await page.evaluate(() => globalThis.focused);
  expect(stops.filter(({ visible }) => !visible).map(({ html }) => html)).toEqual([]);
  expect(await unreached(page, [...new Set(stops.map(({ id }) => id))])).toEqual([]);
  await expectFirstStopToLeadPastHeader(page);
}

/** Begins anew at the page's top, wherever the focus was. */
async function expectFirstStopToLeadPastHeader(page: Page): Promise<void> {
  await page.evaluate(() => {
    // Where an element that had the focus was taken out, there the next Tab goes on.
    const top = document.createElement('span');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
  });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.evaluate(() => document.querySelector('main')?.contains(document.activeElement)))
    .toBe(true);
}

/** Numbers the page's tab stops (`data-stop`) and says how many there are. */
function countControls(page: Page): Promise<number> {
  return page.evaluate(() => {
    const focusable =
      'a[href], button, input, select, textarea, summary, [tabindex], iframe, [contenteditable]';
    const stops = [...document.querySelectorAll<HTMLElement>(focusable)].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.matches(':disabled, [type=hidden]') &&
        !element.closest('[inert]') &&
        element.checkVisibility({ visibilityProperty: true }),
    );
    for (const [index, stop] of stops.entries()) stop.dataset.stop = String(index);
    return stops.length;
  });
}

/** Notes each element that gets the focus, and whether a person can see that. */
function watchFocus(page: Page): Promise<void> {
  return page.evaluate(() => {
    globalThis.focused = [];
    document.addEventListener('focusin', ({ target }) => {
      if (!(target instanceof HTMLElement || target instanceof SVGElement)) return;
      // Some components draw the ring around a label or a frame that holds the control.
      const ringed = [target, target.parentElement, target.closest('label')].some((candidate) => {
        if (!candidate) return false;
        const style = getComputedStyle(candidate);
        return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
      });
      const box = target.getBoundingClientRect();
      globalThis.focused.push({
        id: target.dataset.stop ?? '',
        html: target.outerHTML.slice(0, 120),
        visible: ringed && box.width > 0 && box.height > 0,
      });
    });
  });
}

/** Stops that the walk missed. One radio button stands for its whole group. */
function unreached(page: Page, reached: string[]): Promise<string[]> {
  return page.evaluate((reached) => {
    const stops = [...document.querySelectorAll<HTMLElement>('[data-stop]')];
    const groups = new Set(
      stops
        .filter((stop) => reached.includes(stop.dataset.stop ?? ''))
        .map((stop) => (stop instanceof HTMLInputElement && stop.type === 'radio' ? stop.name : '')),
    );
    return stops
      .filter((stop) => !reached.includes(stop.dataset.stop ?? ''))
      .filter((stop) => !(stop instanceof HTMLInputElement && stop.type === 'radio' && groups.has(stop.name)))
      .map((stop) => stop.outerHTML.slice(0, 120));
  }, reached);
}
