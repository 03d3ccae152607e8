/** What the playground can show side by side, in this order. */
export const paneNames = ['console', 'terminal', 'code', 'glass'] as const;

export type PaneName = (typeof paneNames)[number];

/** How somebody has arranged the playground. */
export interface SavedLayout {
  version: 1;
  open: readonly PaneName[];
  /** Fills the whole place; the others wait behind it. */
  maximised?: PaneName;
  /** Where there is room for one only: which. */
  chosen?: PaneName;
  /** Shares of the width, by pane; of those that are open, each gets its part. */
  weights: Record<PaneName, number>;
}

/** Before anybody has opened a face there is nothing to load but the glass. */
export const firstLayout: SavedLayout = {
  version: 1,
  open: ['glass'],
  weights: { console: 1.6, terminal: 1.4, code: 1.6, glass: 1 },
};

const isPaneName = (value: unknown): value is PaneName => paneNames.some((name) => name === value);

/** Reads what was kept; what is not of this version, or damaged, counts for nothing. */
export function readLayout(text: string | null): SavedLayout {
  const kept = objectIn(text);
  if (kept['version'] !== 1 || !Array.isArray(kept['open'])) return firstLayout;
  const open = kept['open'];
  const { maximised, chosen } = kept;
  const weights = (typeof kept['weights'] === 'object' && kept['weights']) || {};
  return {
    version: 1,
    open: paneNames.filter((name) => open.includes(name)),
    ...(isPaneName(maximised) && open.includes(maximised) && { maximised }),
    ...(isPaneName(chosen) && { chosen }),
    weights: weightsFrom(weights as Record<string, unknown>),
  };
}

function weightsFrom(kept: Record<string, unknown>): SavedLayout['weights'] {
  const entries = paneNames.map((name) => {
    const weight = kept[name];
    const isUsable = typeof weight === 'number' && weight >= 0.05 && weight <= 20;
    return [name, isUsable ? weight : firstLayout.weights[name]] as const;
  });
  return Object.fromEntries(entries) as SavedLayout['weights'];
}

function objectIn(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The smallest part of what two neighbours share that one of them may have. */
export const smallestShare = 0.15;

/** The weights after the border between two neighbours was moved, so that `left` has this share of both. */
export function moveBorder(
  weights: SavedLayout['weights'],
  left: PaneName,
  right: PaneName,
  share: number,
): SavedLayout['weights'] {
  const both = weights[left] + weights[right];
  const kept = Math.min(1 - smallestShare, Math.max(smallestShare, share));
  return { ...weights, [left]: both * kept, [right]: both * (1 - kept) };
}
