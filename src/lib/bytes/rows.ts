/** The arithmetic of a hex dump: which bytes stand in which row, cut where named regions begin and end. */

export interface Region {
  name: string;
  /** First byte, counted from 0. */
  offset: number;
  /** In bytes. */
  length: number;
  meaning: string;
}

/** Bytes of one row that belong to one region (or, with `region` −1, to none): from `start` up to `end`. */
export interface Run {
  region: number;
  start: number;
  end: number;
}

export interface Row {
  offset: number;
  runs: Run[];
}

/** Lays `length` bytes out in rows of `perRow`. Regions are in order and do not overlap. */
export function layOutRows(length: number, regions: readonly Region[], perRow: number): Row[] {
  const borders = new Set(regions.flatMap(({ offset, length }) => [offset, offset + length]));
  const rows: Row[] = [];
  for (let offset = 0; offset < length; offset += perRow) {
    const rowEnd = Math.min(offset + perRow, length);
    const runs: Run[] = [];
    for (let start = offset; start < rowEnd;) {
      let end = start + 1;
      while (end < rowEnd && !borders.has(end)) end += 1;
      runs.push({ region: regionAt(regions, start), start, end });
      start = end;
    }
    rows.push({ offset, runs });
  }
  return rows;
}

/** Index of the region that holds the byte at `offset`; −1 where none does. */
export function regionAt(regions: readonly Region[], offset: number): number {
  return regions.findIndex((region) => offset >= region.offset && offset < region.offset + region.length);
}

/** `0a`. */
export const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');

/** The byte as an ASCII character; a middle dot for those that have no glyph. */
export const asciiByte = (byte: number): string =>
  byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';

/** `0–4` or `5`: positions of first and last byte. */
export const span = ({ offset, length }: Pick<Region, 'offset' | 'length'>): string =>
  length === 1 ? String(offset) : `${offset}–${offset + length - 1}`;
