import type { Reader, Vault } from '../vault/vault.ts';
import { auditRecord } from './audit.ts';
import { blobOrigin } from './blob.ts';
import { keyAnatomy } from './key.ts';
import { keyLines } from './keys.ts';
import type { AsOf, Look, LookName, Looks, MomentPage, MomentQuery } from './look.ts';
import { requestPage } from './requests.ts';
import { storageView } from './storage.ts';
import type { TraceKeeper } from './traces.ts';
import { upcoming } from './upcoming.ts';

/** The past, as far as looks need it. */
export interface Past {
  /**
   * The records as they were after a commit. Read at once: somebody else may look at another time later.
   * @throws Error with a message for the learner, where the journal does not reach so far back
   */
  at(sequence: number): Promise<Reader>;
  moments(query: MomentQuery): Promise<MomentPage>;
  /** When the sealed keys were shredded that this key had at the time of `sequence`. */
  shreddedSince(keyArn: string, sequence: number): { sequence: number; time: number } | undefined;
}

/** Everybody's way to look through the glass. */
export type LookThrough = <Name extends LookName>(look: Look<Name>) => Promise<Looks[Name]['answer']>;

/** Answers every look from the records, present and past, and from the traces that are kept. */
export function looks(rooms: { vault: Vault; past: Past; traces: TraceKeeper }): LookThrough {
  const { vault, past, traces } = rooms;

  async function readerFor({ at }: AsOf): Promise<Reader> {
    return at === undefined || at >= vault.sequence ? vault : past.at(at);
  }

  const answers: { [Name in LookName]: (query: Looks[Name]['query']) => Promise<Looks[Name]['answer']> } = {
    moments: (query) => past.moments(query),
    upcoming: () => Promise.resolve(upcoming(vault)),
    requests: (query) => Promise.resolve(requestPage(traces.lines, query)),
    trace: async ({ requestId }) => (await traces.read(requestId)) ?? null,
    audit: async (query) => auditRecord(await readerFor(query), query.requestId),
    keys: async (query) => keyLines(await readerFor(query)),
    async key(query) {
      const anatomy = keyAnatomy(await readerFor(query), query.keyArn, traces);
      const shreddedSince = query.at === undefined ? undefined : past.shreddedSince(query.keyArn, query.at);
      return anatomy && { ...anatomy, ...(shreddedSince && { shreddedSince }) };
    },
    storage: async (query) => storageView(await readerFor(query), query),
    blob: async (query) => blobOrigin(await readerFor(query), query.blob, traces),
  };

  return <Name extends LookName>({ name, query }: Look<Name>) =>
    (answers[name] as (query: Looks[Name]['query']) => Promise<Looks[Name]['answer']>)(query);
}
