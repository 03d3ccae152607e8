import * as v from 'valibot';
import { act, ActRefused } from '../act.ts';
import { counted } from '../words.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** The cloud's clock goes forward, and everything happens that is due by then. */
export const MoveClock = act({
  input: v.strictObject({
    act: v.literal('MoveClock'),
    /** Milliseconds since the Unix epoch. */
    time: v.pipe(v.number(), v.finite()),
  }),
  async run({ time }, desk) {
    const before = desk.clock.now();
    const summary = `The clock went ${distance(time - before)} forward, to ${utc(time)}.`;
    const outcome = { summary };
    try {
      await desk.moveClock(time, async (write) => {
        await desk.commit((transaction) => {
          write(transaction);
          return outcome;
        });
      });
    } catch (error) {
      throw error instanceof RangeError ? new ActRefused(error.message) : error;
    }
    await desk.letTimePass();
    return outcome;
  },
  afterwards(happened) {
    const due = happened.filter(({ kind }) => kind === 'due').length;
    if (due === 0) return 'Nothing happened on the way.';
    return `${counted(due, 'thing')} happened on the way.`;
  },
});

function distance(milliseconds: number): string {
  if (milliseconds >= day) return counted(tenths(milliseconds / day), 'day');
  if (milliseconds >= hour) return counted(tenths(milliseconds / hour), 'hour');
  return counted(Math.round(milliseconds / 1000), 'second');
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** `2026-11-24 19:35 UTC` */
function utc(time: number): string {
  return Number.isNaN(new Date(time).getTime())
    ? 'a time that no calendar has'
    : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
