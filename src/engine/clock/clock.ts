/** The cloud's clock. Injected, so that tests and learners can move it; milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
}

/** The time of the machine that we run on. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is moved. `start` in milliseconds since the Unix epoch. */
export function manualClock(start: number): Clock & { advance(milliseconds: number): void } {
  let time = start;
  return {
    now: () => time,
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}
