import type { Upcoming } from '$engine/look/look.ts';
import { dueNames, timeText } from '$lib/strings/time.ts';

/** One way to move the cloud's clock: where to, in milliseconds since the Unix epoch, and what it is called. */
export interface Move {
  name: string;
  time: number;
}

const day = 86_400_000;

/**
 * The moves that teach something: AWS's shortest and longest waiting periods before a deletion (ScheduleKeyDeletion,
 * PendingWindowInDays: 7–30), its usual rotation period (EnableKeyRotation, RotationPeriodInDays: 365 unless told),
 * and what the cloud itself waits for. `coming` stands in the order of time.
 */
export function movesFrom(now: number, coming: readonly Upcoming[]): Move[] {
  const next = coming.find(({ time }) => time > now);
  const expiry = coming.find(({ kind, time }) => kind === 'MaterialExpiry' && time > now);
  return [
    ...(next ? [{ name: timeText.toNext(dueNames[next.kind]), time: next.time }] : []),
    ...(expiry && expiry !== next ? [{ name: timeText.toExpiry, time: expiry.time }] : []),
    { name: timeText.day, time: now + day },
    { name: timeText.shortWindow, time: now + 7 * day },
    { name: timeText.longWindow, time: now + 30 * day },
    { name: timeText.rotationPeriod, time: now + 365 * day },
  ];
}

/** `2026-11-24T19:35` in the reader's own time zone, as the platform's date field wants it. */
export function asFieldValue(time: number): string {
  const date = new Date(time);
  return new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
