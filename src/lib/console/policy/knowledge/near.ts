/** What somebody may have meant: the known name that is fewest edits away, if it is near enough. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const lower = written.toLowerCase();
  const tolerance = Math.max(2, Math.floor(lower.length / 4));
  let found: { name: string; distance: number } | undefined;
  for (const name of known) {
    const distance = edits(lower, name.toLowerCase());
    if (distance <= tolerance && distance < (found?.distance ?? Infinity)) found = { name, distance };
  }
  return found?.name;
}

/** Levenshtein's distance. */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1;
      next.push(Math.min(row[to]! + 1, next[to - 1]! + 1, row[to - 1]! + same));
    }
    row = next;
  }
  return row[other.length]!;
}
