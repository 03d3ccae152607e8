/** The lines of before, kept in this browser where it lets us. */

const place = 'terminal-history';

/** So many are kept, and none that is longer than a page. */
const kept = 500;
const longest = 8000;

export function recallHistory(): string[] {
  try {
    const lines: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(lines) ? lines.filter((line) => typeof line === 'string') : [];
  } catch {
    return [];
  }
}

/** Gives back what is kept. */
export function storeHistory(lines: readonly string[]): string[] {
  const history = lines.filter(({ length }) => length <= longest).slice(-kept);
  try {
    localStorage.setItem(place, JSON.stringify(history));
  } catch {
    // Storage is blocked: the lines last as long as the page.
  }
  return history;
}
