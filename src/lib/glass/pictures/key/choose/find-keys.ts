import type { KeyLine } from '$engine/look/look.ts';

/** Which keys to list. Each empty member lets all through. */
export interface KeyFilter {
  /** Words that alias, id, ARN, description or key spec must have, in any order. */
  text: string;
  state: string;
  region: string;
}

/** The keys that fit, the newest first, those that AWS manages last. */
export function findKeys(lines: readonly KeyLine[], { text, state, region }: KeyFilter): KeyLine[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return lines
    .filter((line) => {
      if (state !== '' && line.state !== state) return false;
      if (region !== '' && line.region !== region) return false;
      const all = [line.keyArn, ...line.aliases, line.description, line.spec].join('\n').toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .sort((one, other) => rank(one) - rank(other) || other.created - one.created);
}

/** States and Regions that occur, for the filters, in alphabetical order. */
export function choicesIn(lines: readonly KeyLine[]): { states: string[]; regions: string[] } {
  const distinct = (values: string[]) => [...new Set(values)].sort();
  return {
    states: distinct(lines.map(({ state }) => state)),
    regions: distinct(lines.map(({ region }) => region)),
  };
}

/** The first alias, or the key id. */
export const nameOfKey = ({ aliases, keyId }: Pick<KeyLine, 'aliases' | 'keyId'>): string =>
  aliases[0] ?? keyId;

const rank = ({ manager }: KeyLine): number => (manager === 'AWS' ? 1 : 0);
