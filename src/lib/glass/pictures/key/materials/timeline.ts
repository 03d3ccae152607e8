import type { KeyAnatomy, MaterialView } from '$engine/look/look.ts';

/** A key's life on a line: which material was current when, and what will happen. */
export interface LifeScene {
  /** Oldest first. */
  spans: MaterialSpan[];
  marks: LifeMark[];
  /** Where now is, from 0 to 1. */
  now: number;
  start: number;
}

export interface MaterialSpan {
  material: MaterialView;
  /** While it made new ciphertext, from 0 to 1 of the line; absent before it became current. */
  from?: number;
  to?: number;
  /** Milliseconds since the Unix epoch. */
  since?: number;
  until?: number;
}

export interface LifeMark {
  kind: 'created' | 'rotation' | 'next-rotation' | 'expiry' | 'deletion' | 'now';
  time: number;
  at: number;
}

/** How much of the line is the past, where there is a future to be drawn: each of the two has its own scale. */
const pastShare = 0.68;

/** @param now the time as of which it is drawn */
export function lifeScene(key: KeyAnatomy, now: number): LifeScene {
  const future: Omit<LifeMark, 'at'>[] = [
    ...(key.rotation ? [{ kind: 'next-rotation' as const, time: key.rotation.next }] : []),
    ...key.materials.flatMap(({ imported }) =>
      imported?.state === 'IMPORTED' && imported.validTo !== undefined
        ? [{ kind: 'expiry' as const, time: imported.validTo }]
        : [],
    ),
    ...(key.deletion?.date === undefined ? [] : [{ kind: 'deletion' as const, time: key.deletion.date }]),
  ]
    .filter(({ time }) => time > now)
    .sort((one, other) => one.time - other.time);

  const place = scale(key.created, now, Math.max(now, ...future.map(({ time }) => time)));
  const began = key.materials.map((material, index) =>
    index === 0 && material.state !== 'PENDING_ROTATION' ? key.created : material.rotation?.time,
  );
  const spans = key.materials.map((material, index): MaterialSpan => {
    const since = began[index];
    if (since === undefined) return { material };
    const until = began.slice(index + 1).find((time) => time !== undefined);
    return {
      material,
      since,
      from: place(since),
      to: place(until ?? now),
      ...(until !== undefined && { until }),
    };
  });
  const rotations = key.materials.flatMap(({ rotation }) =>
    rotation ? [{ kind: 'rotation' as const, time: rotation.time }] : [],
  );
  const marks = [
    { kind: 'created' as const, time: key.created },
    ...rotations,
    { kind: 'now' as const, time: now },
    ...future,
  ].map((mark) => ({ ...mark, at: place(mark.time) }));
  return { spans, marks, now: place(now), start: key.created };
}

function scale(start: number, now: number, end: number): (time: number) => number {
  const share = end > now ? pastShare : 1;
  const past = Math.max(1, now - start);
  return (time) =>
    time <= now
      ? share * Math.min(1, Math.max(0, (time - start) / past))
      : share + (1 - share) * ((time - now) / (end - now));
}
