/** `3 copies`, `1 copy` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `a, b and c` */
export function listed(things: readonly string[]): string {
  if (things.length < 2) return things.join('');
  return `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`;
}

/** `Zone a`, `Zones a and b` */
export function zonesNamed(zones: readonly string[]): string {
  return `${zones.length === 1 ? 'Zone' : 'Zones'} ${listed(zones)}`;
}
