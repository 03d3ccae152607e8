/** Points and lines of the drawing, in its own units. */

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

/** `M0 0L10 0` */
export const pathData = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');

/** The point a share (0–1) of the way along a line of several pieces. */
export function pointAlong(points: readonly Point[], share: number): Point {
  const lengths = points.slice(1).map((point, index) => distance(points[index]!, point));
  let left = Math.max(0, Math.min(1, share)) * lengths.reduce((sum, length) => sum + length, 0);
  for (const [index, length] of lengths.entries()) {
    if (left <= length && length > 0) return between(points[index]!, points[index + 1]!, left / length);
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}

export const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});

export const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

/** The line without points that stand on the one before. */
export const withoutRepeats = (points: readonly Point[]): Point[] =>
  points.filter((point, index) => index === 0 || distance(point, points[index - 1]!) > 0.01);

const round = (value: number) => Math.round(value * 100) / 100;
