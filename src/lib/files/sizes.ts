/** `5.3 MB`: decimal units, as file managers show them. */
export function inUnits(bytes: number): string {
  for (const [unit, size] of units) {
    if (bytes < size) continue;
    const value = bytes / size;
    return `${value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
  }
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

const units: readonly [string, number][] = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
];
