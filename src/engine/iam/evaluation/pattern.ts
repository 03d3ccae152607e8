/**
 * Patterns of policy documents: `*` stands for any run of characters, `?` for one (IAM User Guide, "IAM JSON
 * policy elements: Resource"). Matched unit by unit up to the first wildcard, and from there by following every
 * reachable pattern position at once, so that no pattern, however hostile, takes more than |pattern| × |text| steps.
 */

/** A pattern, one element a UTF-16 code unit; the wildcards are negative. */
export type Pattern = readonly number[];

const anyRun = -1;
const anyOne = -2;
const colon = 58;

/** Reads `text` as a pattern. */
export function patternOf(text: string): Pattern {
  return literally(text).map((unit) => (unit === 42 ? anyRun : unit === 63 ? anyOne : unit));
}

/** Reads `text` as it stands: its `*` and `?` match themselves only. */
export function literally(text: string): Pattern {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/**
 * Whether the whole of `text` fits the pattern. With `withinArn`, wildcards keep to their segment of the ARN,
 * but for a `*` that ends its segment: that one may run across colons (IAM User Guide, Resource element).
 */
export function fits(pattern: Pattern, text: string, withinArn = false): boolean {
  const length = pattern.length;
  const wildcard = firstWildcard(pattern);
  for (let at = 0; at < wildcard; at++) if (pattern[at] !== text.charCodeAt(at)) return false;
  if (wildcard === length) return text.length === length;
  let reached = new Uint8Array(length + 1);
  reached[wildcard] = 1;
  skipRuns(pattern, reached);
  for (let at = wildcard; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const next = new Uint8Array(length + 1);
    let alive = false;
    for (let position = 0; position < length; position++) {
      if (reached[position] === 0) continue;
      const wanted = pattern[position]!;
      if (wanted === anyRun) {
        if (unit !== colon || !withinArn || endsSegment(pattern, position)) next[position] = 1;
      } else if (wanted === unit || (wanted === anyOne && !(withinArn && unit === colon))) {
        next[position + 1] = 1;
      } else continue;
      alive = true;
    }
    if (!alive) return false;
    skipRuns(pattern, next);
    reached = next;
  }
  return reached[length] === 1;
}

/** The pattern's length where it has none. */
function firstWildcard(pattern: Pattern): number {
  const found = pattern.findIndex((unit) => unit < 0);
  return found < 0 ? pattern.length : found;
}

/** A `*` may stand for nothing: whoever has reached it has reached what follows. */
function skipRuns(pattern: Pattern, reached: Uint8Array): void {
  for (let position = 0; position < pattern.length; position++) {
    if (reached[position] === 1 && pattern[position] === anyRun) reached[position + 1] = 1;
  }
}

function endsSegment(pattern: Pattern, position: number): boolean {
  return position + 1 === pattern.length || pattern[position + 1] === colon;
}

/** `fits(patternOf(pattern), text)` without regard to ASCII case; the common forms take a short way. */
export function actionFits(pattern: string, action: string): boolean {
  if (pattern === '*') return true;
  const wanted = pattern.toLowerCase();
  const found = action.toLowerCase();
  const wildcard = wanted.search(/[*?]/);
  if (wildcard < 0) return wanted === found;
  if (wildcard === wanted.length - 1 && wanted.endsWith('*')) return found.startsWith(wanted.slice(0, -1));
  return fits(patternOf(wanted), found);
}
