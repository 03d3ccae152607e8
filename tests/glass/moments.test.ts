import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Moment } from '../../src/engine/look/look.ts';
import { findMoment, inHowLong, momentLine, trackColumns } from '../../src/lib/glass/time/moments.ts';

const moment = (some: Partial<Moment>): Moment => ({
  sequence: 1,
  time: 0,
  kind: 'request',
  name: 'Encrypt',
  keyArns: [],
  changes: [],
  ...some,
});
const change = { what: 'key', how: 'made', subject: 'x' } as const;

describe('a moment in words', () => {
  test('says who did what, and how it ended', () => {
    const principalArn = 'arn:aws:iam::111122223333:user/Ada';
    expect(momentLine(moment({ principalArn }))).toBe('Encrypt by Ada');
    expect(momentLine(moment({ errorName: 'DisabledException' }))).toBe(
      'Encrypt by an unknown caller, refused: DisabledException',
    );
    expect(momentLine(moment({ kind: 'due', name: 'KeyDeletion' }))).toBe(
      'Deletion of a key, because its time had come',
    );
    expect(momentLine(moment({ kind: 'operator', name: 'MoveClock' }))).toBe('The clock was moved');
    expect(momentLine(moment({ kind: 'founding', name: 'founding' }))).toBe('The cloud was founded');
  });

  test('promises nothing too late', () => {
    expect(inHowLong(6.9 * 86_400_000, 0)).toBe('in 6 days');
    expect(inHowLong(86_400_000, 0)).toBe('in 1 day');
    expect(inHowLong(400 * 86_400_000, 0)).toBe('in 1 year');
    expect(inHowLong(10, 0)).toBe('in 0 minutes');
  });
});

describe('finding a moment', () => {
  /** Moments in the order of their commits, some of which share one. */
  const histories = fc.array(fc.nat({ max: 3 }), { maxLength: 60 }).map((steps) => {
    let sequence = 0;
    return steps.map((step, index) => moment({ sequence: (sequence += step), requestId: `r${index}` }));
  });

  test('gives the last of the commits so far, and a request’s own where it is told', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat({ max: 200 }), async (history, sequence) => {
        const read = async (index: number) => history[index];
        const last = history.findLastIndex((each) => each.sequence <= sequence);
        expect(await findMoment(history.length, read, sequence)).toBe(last);
        for (const [index, each] of history.entries())
          expect(await findMoment(history.length, read, each.sequence, each.requestId)).toBe(index);
      }),
    );
  });

  test('asks for few of ten thousand', async () => {
    let asked = 0;
    const read = async (index: number) => {
      asked++;
      return moment({ sequence: index });
    };
    expect(await findMoment(10_000, read, 1234)).toBe(1234);
    expect(asked).toBeLessThan(20);
  });
});

describe('the drawn time line', () => {
  test('has a column a moment while there is room', () => {
    const history = [moment({ kind: 'founding' }), moment({ changes: [change] }), moment({})];
    expect(trackColumns(3, 300, (index) => history[index])).toEqual([
      { kind: 'founding', changing: false, refused: false },
      { kind: 'request', changing: true, refused: false },
      { kind: 'request', changing: false, refused: false },
    ]);
  });

  test('lets nothing that matters disappear among many', () => {
    const due = 7_777;
    const columns = trackColumns(10_000, 300, (index) => moment({ kind: index === due ? 'due' : 'request' }));
    expect(columns).toHaveLength(300);
    expect(columns.filter((column) => column?.kind === 'due')).toHaveLength(1);
  });

  test('leaves open what is not fetched yet', () => {
    expect(trackColumns(2, 300, () => undefined)).toEqual([undefined, undefined]);
    expect(trackColumns(0, 300, () => undefined)).toEqual([]);
  });
});
