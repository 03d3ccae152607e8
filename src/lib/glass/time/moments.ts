import type { Moment, MomentKind } from '$engine/look/look.ts';
import type { Layer } from '$engine/trace/trace.ts';
import { actNames, dueNames, timeText } from '$lib/strings/time.ts';
import { nameOf } from '../requests/requests.ts';

/** What moments are called, how they are coloured, and where in the time line they stand. */

/**
 * Whose colour a moment has: a client asked for it, or the service did it by itself. What comes from outside the
 * house (its founding, its operators, disasters) has the colour of the ink.
 */
export const kindLayers: Record<MomentKind, Layer | undefined> = {
  request: 'clients',
  due: 'management',
  founding: undefined,
  operator: undefined,
};

/** `Encrypt by Ada, refused: DisabledException` */
export function momentLine({ kind, name, principalArn, errorName }: Moment): string {
  switch (kind) {
    case 'founding':
      return timeText.founded;
    case 'operator':
      return (actNames as Record<string, string>)[name] ?? name;
    case 'due':
      return timeText.due((dueNames as Record<string, string>)[name] ?? name);
    case 'request': {
      const asked = timeText.by(name, principalArn ? nameOf(principalArn) : timeText.unknownCaller);
      return errorName === undefined ? asked : timeText.refused(asked, errorName);
    }
  }
}

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const toTheMinute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** `24 Nov 2026, 19:35:02` */
export const whenExactly = (time: number): string => exact.format(time);

/** `24 Nov 2026, 19:35` */
export const whenRoughly = (time: number): string => toTheMinute.format(time);

const units = [
  ['year', 365.25 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `in 6 days`; rounded down, so that nothing is promised too late. */
export function inHowLong(time: number, now: number): string {
  const left = Math.max(0, time - now);
  const [unit, length] = units.find(([, each]) => left >= each) ?? units.at(-1)!;
  return new Intl.RelativeTimeFormat('en').format(Math.floor(left / length), unit);
}

/** A key's ARN, short enough for a line. */
export const shortKey = (keyArn: string): string => inShort(keyArn.slice(keyArn.lastIndexOf('/') + 1));

/** A key's ARN, or the start of a long id (UUID, SHA-256 …): enough to tell one from another. Names stay whole. */
export function inShort(text: string): string {
  if (text.startsWith('arn:aws:kms:')) return shortKey(text);
  const isId = /^(mrk-)?[0-9a-f-]{20,}$/.test(text);
  return isId ? `${text.slice(0, text.startsWith('mrk-') ? 12 : 8)}…${text.slice(-4)}` : text;
}

/** What is asked of the time line, wherever it is kept. `undefined`: there is none at this index. */
export type ReadMoment = (index: number) => Promise<Moment | undefined>;

/**
 * Index of the moment that a link means: the request's, where it left its mark with this commit, otherwise the last
 * one of the commits up to `sequence`. −1: they are all later. Moments stand in the order of their commits.
 */
export async function findMoment(
  total: number,
  read: ReadMoment,
  sequence: number,
  requestId?: string,
): Promise<number> {
  let low = 0;
  let high = total;
  while (low < high) {
    const middle = (low + high) >> 1;
    const moment = await read(middle);
    if (moment && moment.sequence <= sequence) low = middle + 1;
    else high = middle;
  }
  const last = low - 1;
  if (requestId === undefined) return last;
  for (let index = last; index >= 0; index--) {
    const moment = await read(index);
    if (moment?.requestId === requestId) return index;
    if (!moment || moment.sequence < sequence) break;
  }
  return last;
}

/** One column of the drawn time line: of the moments in it, the one that says most. */
export interface Column {
  kind: MomentKind;
  changing: boolean;
  refused: boolean;
}

/** Draws `total` moments into at most `columns` columns. Where none of a column's moments is known, it is `undefined`. */
export function trackColumns(
  total: number,
  columns: number,
  momentAt: (index: number) => Moment | undefined,
): (Column | undefined)[] {
  const count = Math.min(total, columns);
  return Array.from({ length: count }, (_, column) => {
    const from = Math.floor((column * total) / count);
    const to = Math.floor(((column + 1) * total) / count);
    let best: Moment | undefined;
    for (let index = from; index < to; index++) {
      const moment = momentAt(index);
      if (moment && (!best || weight(moment) > weight(best))) best = moment;
    }
    return (
      best && { kind: best.kind, changing: best.changes.length > 0, refused: best.errorName !== undefined }
    );
  });
}

const kindWeights: Record<MomentKind, number> = { founding: 3, operator: 3, due: 2, request: 0 };

function weight({ kind, changes, errorName }: Moment): number {
  return kindWeights[kind] * 4 + (changes.length > 0 ? 2 : 0) + (errorName === undefined ? 0 : 1);
}
