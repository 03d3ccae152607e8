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
};
