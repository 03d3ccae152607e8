import type { RecordName } from '../vault/adapter.ts';
import { describedCloud } from '../scenario/describe-cloud.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { Reader, Vault } from '../vault/vault.ts';
import { auditRecord } from './audit.ts';
import { blobOrigin } from './blob.ts';
import { keyAnatomy } from './key.ts';
import { keyLines } from './keys.ts';
import type { AsOf, Look, LookName, Looks, MomentPage, MomentQuery } from './look.ts';
import { principalsView } from './principals.ts';
import { requestPage } from './requests.ts';
import { simulate, type Surroundings } from './simulate.ts';
import { hasNoCopyNow, storageView } from './storage.ts';
import type { TraceKeeper } from './traces.ts';
import { upcoming } from './upcoming.ts';

/** The past, as far as looks need it. */
export interface Past {
  /**
   * Shows the records as they were after a commit: to `see` alone, and while it runs, since all looks share them.
   * @throws Error with a message for the learner, where the journal does not reach so far back
   */
  at<Seen>(sequence: number, see: (records: Reader) => Seen): Promise<Awaited<Seen>>;
  moments(query: MomentQuery): Promise<MomentPage>;
  /** The latest commit after `sequence` that has shredded a record that is wanted. */
  shredding(
    sequence: number,
    isWanted: (record: RecordName) => boolean,
  ): Promise<{ sequence: number; time: number } | undefined>;
}

/** Everybody's way to look through the glass. */
export type LookThrough = <Name extends LookName>(look: Look<Name>) => Promise<Looks[Name]['answer']>;

/** Answers every look from the records, present and past, and from the traces that are kept. */
export function looks(rooms: {
  vault: Vault;
  past: Past;
  traces: TraceKeeper;
  surroundings: () => Surroundings;
  foundedFrom: () => Scenario | undefined;
}): LookThrough {
  const { vault, past, traces, surroundings, foundedFrom } = rooms;

  async function seen<Seen>({ at }: AsOf, see: (records: Reader) => Seen): Promise<Awaited<Seen>> {
    return at === undefined || at >= vault.sequence ? await see(vault) : past.at(at, see);
  }

  async function key(query: Looks['key']['query']): Promise<Looks['key']['answer']> {
    const { keyArn, at } = query;
    const anatomy = await seen(query, (records) => keyAnatomy(records, keyArn, traces));
    if (!anatomy || at === undefined) return anatomy;
    const shreddedSince = await past.shredding(at, hasNoCopyNow(vault, anatomy));
    return { ...anatomy, ...(shreddedSince && { shreddedSince }) };
  }

  const answers: { [Name in LookName]: (query: Looks[Name]['query']) => Promise<Looks[Name]['answer']> } = {
    moments: (query) => past.moments(query),
    upcoming: () => Promise.resolve(upcoming(vault)),
    requests: (query) => Promise.resolve(requestPage(traces, query)),
    trace: async ({ requestId }) => (await traces.read(requestId)) ?? null,
    audit: (query) => seen(query, (records) => auditRecord(records, query.requestId)),
    keys: (query) => seen(query, keyLines),
    key,
    storage: (query) => seen(query, (records) => storageView(records, query, traces)),
    principals: (query) => seen(query, principalsView),
    simulate: (query) => seen(query, (records) => simulate(records, query, surroundings())),
    async scenario(query) {
      const scenario = foundedFrom();
      const described = await seen(query, (records) => describedCloud(records, scenario));
      return { ...described, ...(scenario && { foundedFrom: scenario }) };
    },
    blob: (query) => seen(query, (records) => blobOrigin(records, query.blob, traces)),
  };

  return <Name extends LookName>({ name, query }: Look<Name>) =>
    (answers[name] as (query: Looks[Name]['query']) => Promise<Looks[Name]['answer']>)(query);
}
