import type { Moment, MomentChange } from '$engine/look/look.ts';

/** What undoing would take back, before it is done. */
export interface UndoPreview {
  /** Moments after the one that is gone back to. */
  moments: number;
  /** What changed in them: of each thing the last change, and only where something is left to take back. */
  changes: MomentChange[];
  /** Sealed keys that were shredded since: nothing brings them back. */
  shredded: { keyArn: string; time: number }[];
}

/** `since` are all moments after the one that is gone back to, oldest first. */
export function previewUndo(since: readonly Moment[]): UndoPreview {
  const latest = new Map<string, MomentChange>();
  const made = new Set<string>();
  const shredded = new Map<string, number>();
  for (const { changes, time } of since) {
    for (const change of changes) {
      const thing = `${change.what} ${change.subject}`;
      if (!latest.has(thing) && change.how === 'made') made.add(thing);
      const { how, keyArn } = change;
      if (how === 'shredded' && keyArn !== undefined) shredded.set(keyArn, time);
      latest.set(thing, change);
    }
  }
  const changes = [...latest].filter(([thing, { how, what, keyArn, from, to }]) => {
    // Which domain keys there are, the modules know alone, and copies that were sealed anew stay so.
    const stays = what === 'domain-key' || (what === 'copy' && from !== undefined && from === to);
    const isGone = how === 'removed' || how === 'shredded';
    // What came and went meanwhile is not there before, nor after.
    const cameAndWent = isGone && made.has(thing);
    const isLost = isGone && keyArn !== undefined && shredded.has(keyArn);
    return !stays && !cameAndWent && !isLost;
  });
  return {
    moments: since.length,
    changes: changes.map(([, change]) => change),
    // A key that was also made meanwhile is missed by nobody.
    shredded: [...shredded]
      .filter(([keyArn]) => !made.has(`key ${keyArn}`))
      .map(([keyArn, time]) => ({ keyArn, time })),
  };
}
