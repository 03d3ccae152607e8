import { describe, expect, test } from 'vitest';
import type { Moment, MomentChange, Upcoming } from '../../src/engine/look/look.ts';
import { asFieldValue, movesFrom } from '../../src/lib/glass/time/moves.ts';
import { previewUndo } from '../../src/lib/glass/time/undo.ts';

const key = 'arn:aws:kms:us-east-1:111122223333:key/a';
const moment = (time: number, ...changes: MomentChange[]): Moment => ({
  sequence: time,
  time,
  kind: 'request',
  name: 'x',
  keyArns: [],
  changes,
});

describe('what undoing would take back', () => {
  test('is the last change of each thing', () => {
    const preview = previewUndo([
      moment(1, { what: 'alias', how: 'made', subject: 'alias/a' }),
      moment(2, { what: 'key', how: 'changed', subject: key, keyArn: key, from: 'Enabled', to: 'Disabled' }),
      moment(3),
    ]);
    expect(preview.moments).toBe(3);
    expect(preview.changes.map(({ subject }) => subject)).toEqual(['alias/a', key]);
    expect(preview.shredded).toEqual([]);
  });

  test('leaves out what came and went meanwhile, domain keys, and that copies were sealed anew', () => {
    const preview = previewUndo([
      moment(1, { what: 'alias', how: 'made', subject: 'alias/a' }),
      moment(2, { what: 'alias', how: 'removed', subject: 'alias/a' }),
      moment(4, { what: 'domain-key', how: 'changed', subject: 'us-east-1', from: 'a', to: 'b' }),
      moment(5, { what: 'copy', how: 'changed', subject: 'm', keyArn: key, from: '3', to: '3' }),
    ]);
    expect(preview.changes).toEqual([]);
  });

  test('names the keys whose sealed keys were shredded, unless they are younger than that', () => {
    const shred: MomentChange = { what: 'material', how: 'shredded', subject: 'm', keyArn: key };
    const removed: MomentChange = { what: 'key', how: 'removed', subject: key, keyArn: key };
    expect(previewUndo([moment(5, removed, shred)])).toEqual({
      moments: 1,
      changes: [],
      shredded: [{ keyArn: key, time: 5 }],
    });
    const made: MomentChange = { what: 'key', how: 'made', subject: key, keyArn: key };
    expect(previewUndo([moment(4, made), moment(5, shred)]).shredded).toEqual([]);
  });
});

describe('moves of the clock', () => {
  const due = (kind: Upcoming['kind'], time: number): Upcoming => ({ kind, time, subject: key });
  const times = (coming: Upcoming[]) => movesFrom(1_000, coming).map(({ time }) => time);
  const day = 86_400_000;

  test('are by a day, the deletion windows and the rotation period', () => {
    expect(times([])).toEqual([1, 7, 30, 365].map((days) => 1_000 + days * day));
  });

  test('lead to the next thing, and to the next expiry where that is another', () => {
    expect(times([due('KeyDeletion', 2_000), due('MaterialExpiry', 3_000)]).slice(0, 2)).toEqual([
      2_000, 3_000,
    ]);
    expect(times([due('MaterialExpiry', 3_000)])).toHaveLength(5);
    expect(times([due('KeyDeletion', 900)])).toHaveLength(4);
  });

  test('a date field shows the reader’s own time', () => {
    const time = new Date(2026, 10, 24, 19, 35).getTime();
    expect(asFieldValue(time)).toBe('2026-11-24T19:35');
  });
});
