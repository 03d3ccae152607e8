import { regionAt, type Region } from './rows.ts';

/** Where a key takes the cursor, over `length` bytes in rows of `perRow`; `undefined` for keys that do not move it. */
export function moved(
  key: string,
  cursor: number,
  { length, perRow, regions }: { length: number; perRow: number; regions: readonly Region[] },
): number | undefined {
  const part = regionAt(regions, cursor);
  const to = {
    ArrowRight: cursor + 1,
    ArrowLeft: cursor - 1,
    ArrowDown: cursor + perRow,
    ArrowUp: cursor - perRow,
    PageDown: regions[part + 1]?.offset ?? length - 1,
    PageUp: regions[regions[part]?.offset === cursor ? part - 1 : part]?.offset ?? 0,
    Home: 0,
    End: length - 1,
  }[key];
  return to === undefined ? undefined : Math.min(Math.max(to, 0), length - 1);
}

/** The window of so many bytes that the byte at `cursor` is in. */
export function windowAround(cursor: number, length: number, size: number): { from: number; to: number } {
  const from = Math.floor(cursor / size) * size;
  return { from, to: Math.min(from + size, length) };
}
