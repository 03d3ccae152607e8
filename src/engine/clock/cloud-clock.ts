import type { Clock } from './clock.ts';

/**
 * How a cloud's time goes on: with the machine's clock, not at all, or by so many seconds with each request, so
 * that the same requests meet the same times.
 */
export type Pace = 'real' | 'still' | { secondsPerRequest: number };

/** What has to be kept of a clock to go on with it. */
export interface ClockState {
  pace: Pace;
  /** Pace `real`: milliseconds that it is ahead of the machine. Otherwise: the time, in milliseconds since the Unix epoch. */
  value: number;
}

/** A cloud's own clock. It can be moved forward, never back: what time has brought about has happened. */
export interface CloudClock extends Clock {
  readonly state: ClockState;
  /** A request has come in. */
  tick(): void;
  /** @throws RangeError for a time that has passed, and for one beyond `endOfClocks` */
  moveTo(time: number): void;
}

/** No cloud's clock goes further: so far ahead, all that would have become due on the way could not be done in one go. */
export const endOfClocks = Date.UTC(2200, 0, 1);

/** `wall` is the machine's clock. */
export function cloudClock(wall: Clock, { pace, value: start }: ClockState): CloudClock {
  let value = start;
  const now = () => (pace === 'real' ? wall.now() + value : value);
  return {
    now,
    get state() {
      return { pace, value };
    },
    tick() {
      if (typeof pace === 'object') value += Math.round(pace.secondsPerRequest * 1000);
    },
    moveTo(time) {
      const wanted = Math.round(time);
      if (!(wanted >= now())) throw new RangeError('The clock of a cloud can only be moved forward.');
      if (wanted > endOfClocks) throw new RangeError('The clock of a cloud goes as far as the year 2200.');
      value = pace === 'real' ? wanted - wall.now() : wanted;
    },
  };
}
