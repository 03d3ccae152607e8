import type { Layer } from '$engine/trace/trace.ts';
import { leaves, type Anatomy, type Part } from '../anatomy/parts.ts';
import type { Verdict } from './verdict.ts';

/** Somebody who has caught changed bytes, and how many. */
export interface CatcherCount {
  where: string;
  layer: Layer;
  /** Told apart in the drawing without colour. */
  mark: string;
  count: number;
}

/** What is known of one part: how many of its bytes were tried, and who caught how many. */
export interface PartCatches {
  part: Part;
  tried: number;
  by: { where: string; count: number }[];
  /** Error's names, as they came. */
  errors: string[];
}

const marks = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** All who have caught something, in the order of the bytes that they caught first. */
export function catchersIn(map: ReadonlyMap<number, Verdict>): CatcherCount[] {
  const counts = new Map<string, CatcherCount>();
  for (const [, { where, layer, opened }] of [...map].sort(([one], [other]) => one - other)) {
    if (opened) continue;
    const known = counts.get(where);
    if (known) known.count += 1;
    else counts.set(where, { where, layer, mark: marks[counts.size] ?? '·', count: 1 });
  }
  return [...counts.values()];
}

/** The parts of which bytes were tried, in order. */
export function catchesByPart(anatomy: Anatomy, map: ReadonlyMap<number, Verdict>): PartCatches[] {
  return leaves(anatomy).flatMap((part) => {
    const verdicts = [...map].filter(([byte]) => byte >= part.offset && byte < part.offset + part.length);
    if (verdicts.length === 0) return [];
    const counts = new Map<string, number>();
    const errors = new Set<string>();
    for (const [, { where, opened, error }] of verdicts) {
      if (opened) continue;
      counts.set(where, (counts.get(where) ?? 0) + 1);
      if (error) errors.add(error.name);
    }
    const by = [...counts].map(([where, count]) => ({ where, count }));
    return [{ part, tried: verdicts.length, by, errors: [...errors] }];
  });
}
