/** Words of the byte view. */
export const bytesText = {
  count: (count: number) => (count === 1 ? '1 byte' : `${count.toLocaleString('en')} bytes`),
  none: 'No bytes.',
  dump: (label: string, count: string) => `${label}, ${count}, in hexadecimal and as text`,
  regionDump: (label: string, count: string) => `${label}, ${count}. Arrow keys go from part to part.`,
  partHint: 'Point at a part, or step through with the arrow keys, to read what it is.',
  showAll: (count: string) => `Show all ${count}`,
  showFewer: 'Show fewer',
  table: 'The parts as a table',
  columns: { bytes: 'Bytes', part: 'Part', meaning: 'Meaning', value: 'Value' },
  changed: 'changed',
  cursor: (offset: number, hex: string, part?: string) =>
    `Byte ${offset}, hexadecimal ${hex}${part === undefined ? '' : `, ${part}`}`,
  window: (from: number, to: number, count: number) =>
    `Bytes ${from.toLocaleString('en')} to ${to.toLocaleString('en')} of ${count.toLocaleString('en')}`,
  earlier: 'Earlier bytes',
  later: 'Later bytes',
};
