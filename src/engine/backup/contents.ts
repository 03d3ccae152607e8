import * as v from 'valibot';
import { trail } from '../cloudtrail/recorder.ts';
import { foundationIn } from '../founding/foundation.ts';
import { principals } from '../iam/tables.ts';
import { BackupRefused } from '../hsm/backup/refusal.ts';
import { keys } from '../kms/records.ts';
import type { Table } from '../vault/vault.ts';
import { fromJson, toJson } from './plain-json.ts';

const contentsSchema = v.strictObject({
  format: v.literal('glass-kms-backup'),
  version: v.literal(1),
  /** When it was written, by the machine's clock; milliseconds since the Unix epoch. */
  written: v.number(),
  /** The modules' own backup. */
  modules: v.instance(Uint8Array),
  records: v.array(v.strictObject({ table: v.string(), key: v.string(), value: v.unknown() })),
});

/** What a backup holds: the records of the storage layer and of the trail, and the modules' backup. No journal. */
export interface BackupContents extends Omit<v.InferOutput<typeof contentsSchema>, 'modules'> {
  modules: Uint8Array;
}

/** What somebody should know of a backup before it takes the place of a cloud. */
export interface BackupSummary {
  /** Milliseconds since the Unix epoch, by the machine's clock. */
  written: number;
  /** When the cloud was founded, by its own clock. */
  founded: number;
  keys: number;
  auditRecords: number;
  principals: number;
  seed?: string;
}

export function contentsBytes(contents: BackupContents): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(toJson(contents));
}

/** @throws BackupRefused */
export function contentsIn(bytes: Uint8Array): BackupContents {
  try {
    return v.parse(contentsSchema, fromJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    throw new BackupRefused('What is in the backup is not what this site writes into one.');
  }
}

/** @throws BackupRefused for records of no cloud that could be opened */
export function summaryOf({ written, records }: BackupContents): BackupSummary {
  const foundation = foundationIn(records);
  if (!foundation) throw new BackupRefused('The records in the backup are not those of a whole cloud.');
  const count = ({ name }: Table<unknown>) => records.filter(({ table }) => table === name).length;
  return {
    ...{ written, founded: foundation.time },
    ...{ keys: count(keys), auditRecords: count(trail), principals: count(principals) },
    ...(foundation.seed !== undefined && { seed: foundation.seed }),
  };
}
