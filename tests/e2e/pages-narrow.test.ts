import { describe, expect } from 'vitest';
import { expectAccessibleInBothThemes, sizes, test } from './harness.ts';
import { expectKeyboardToSuffice } from './keyboard-walk.ts';
import { sitePages } from './site.ts';

describe.for(sitePages())('%s', (path) => {
  test('is accessible, also with the keyboard alone, and has no sideways scrolling at 360 pixels: narrow', async ({
    visit,
  }) => {
    const page = await visit(path, { size: 'narrow', reducedMotion: true });
    await expectAccessibleInBothThemes(page);
    await expectKeyboardToSuffice(page);
    await page.setViewportSize(sizes.smallest);
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(360);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
