import * as v from 'valibot';
import { fromBase64, toBase64 } from '../envelope/base64.ts';
import type { DataKey } from './desk.ts';
import type { Shelf } from './progress.ts';

/**
 * What a lesson keeps from one visit to the next: the data key in its encrypted form, never the plaintext, and
 * when the lesson was last begun anew. The envelope itself is kept by the envelope worker.
 */
export interface Drawer {
  dataKey?: DataKey | undefined;
  /** Audit records from before this time do not count. */
  since?: Date | undefined;
}

const drawerSchema = v.object({
  version: v.literal(1),
  since: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  dataKey: v.optional(
    v.object({ encrypted: v.string(), context: v.record(v.string(), v.string()), keyArn: v.string() }),
  ),
});

const shelfKey = (lesson: string) => `glass-kms:desk:${lesson}`;

/** Empty where nothing is kept, and where it cannot be read. */
export function loadDrawer(shelf: () => Shelf, lesson: string): Drawer {
  try {
    const kept = v.safeParse(drawerSchema, JSON.parse(shelf().getItem(shelfKey(lesson)) ?? 'null'));
    if (!kept.success) return {};
    const { dataKey, since } = kept.output;
    const encrypted = fromBase64(dataKey?.encrypted ?? '');
    return {
      ...(dataKey && encrypted && { dataKey: { ...dataKey, encrypted } }),
      ...(since !== undefined && { since: new Date(since) }),
    };
  } catch {
    // Storage can be forbidden, or hold something else than JSON.
    return {};
  }
}

/** Replaces what is kept. Where nothing can be stored, it lasts as long as the page. */
export function saveDrawer(shelf: () => Shelf, lesson: string, { dataKey, since }: Drawer): void {
  const kept: v.InferInput<typeof drawerSchema> = {
    version: 1,
    since: since?.toISOString(),
    dataKey: dataKey && {
      encrypted: toBase64(dataKey.encrypted),
      context: dataKey.context,
      keyArn: dataKey.keyArn,
    },
  };
  try {
    shelf().setItem(shelfKey(lesson), JSON.stringify(kept));
  } catch {
    // Full, or forbidden.
  }
}
