import { describe, expect, it } from 'vitest';
import { firstLayout, moveBorder, readLayout } from '../../src/lib/playground/layout/saved-layout.ts';

describe('a layout that was kept', () => {
  it('comes back as it was, in the panes’ own order', () => {
    const kept = { ...firstLayout, open: ['glass', 'terminal'], maximised: 'terminal', chosen: 'glass' };
    expect(readLayout(JSON.stringify(kept))).toEqual({ ...kept, open: ['terminal', 'glass'] });
  });

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['another version', JSON.stringify({ ...firstLayout, version: 2 })],
    ['no list of panes', JSON.stringify({ version: 1, open: 'glass' })],
    ['a text', '"glass"'],
  ])('counts for nothing where it is %s', (_name, text) => {
    expect(readLayout(text)).toEqual(firstLayout);
  });

  it('loses what does not belong there, and keeps the rest', () => {
    const kept = {
      version: 1,
      open: ['glass', 'cellar', 'code', 'code'],
      maximised: 'console',
      chosen: 'cellar',
      weights: { code: 3, glass: -1, terminal: 'wide', console: Infinity },
    };
    expect(readLayout(JSON.stringify(kept))).toEqual({
      version: 1,
      open: ['code', 'glass'],
      weights: { ...firstLayout.weights, code: 3 },
    });
  });
});

describe('a border', () => {
  const weights = { console: 1, terminal: 1, code: 2, glass: 3 };

  it('gives what one neighbour gains to the other, and nothing to the rest', () => {
    expect(moveBorder(weights, 'console', 'glass', 0.5)).toEqual({ ...weights, console: 2, glass: 2 });
  });

  it.each([-1, 0, 1, 7])('leaves each neighbour something: %d', (share) => {
    const moved = moveBorder(weights, 'terminal', 'code', share);
    expect(Math.min(moved.terminal, moved.code)).toBeCloseTo(0.45);
    expect(moved.terminal + moved.code).toBeCloseTo(3);
  });
});
