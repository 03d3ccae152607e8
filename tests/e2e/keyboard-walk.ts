import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Walks through a page by Tab alone: every control is reached and shows it, and the first stop leads past the header. */
export async function expectKeyboardToSuffice(page: Page): Promise<void> {
  const controls = await countControls(page);
  expect(controls).toBeGreaterThan(0);
  const reached = new Set<string>();
  const unseen: string[] = [];
  // Arrow keys, not Tab, move within a group of radio buttons or tabs; those count as one stop.
  for (let press = 0; press <= controls; press++) {
    await page.keyboard.press('Tab');
    const focus = await describeFocus(page);
    if (!focus) break;
    reached.add(focus.id);
    if (!focus.visible) unseen.push(focus.html);
  }
  expect(unseen).toEqual([]);
  expect(await unreached(page, [...reached])).toEqual([]);
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

/** What has the focus, and whether a person can see that; undefined when the focus has left the page. */
function describeFocus(page: Page): Promise<{ id: string; html: string; visible: boolean } | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement || element instanceof SVGElement) || element === document.body)
      return;
    // Some components draw the ring around a label or a frame that holds the control.
    const ringed = [element, element.parentElement, element.closest('label')].some((candidate) => {
      if (!candidate) return false;
      const style = getComputedStyle(candidate);
      return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
    });
    const box = element.getBoundingClientRect();
    return {
      id: element.dataset.stop ?? '',
      html: element.outerHTML.slice(0, 120),
      visible: ringed && box.width > 0 && box.height > 0,
    };
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
