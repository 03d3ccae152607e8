import type { ClockState } from '../clock/cloud-clock.ts';
import type { Hsm } from '../hsm/hsm.ts';
import { migrateFirstVersion } from '../kms/migration.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { StoredRecord } from '../vault/adapter.ts';
import type { Reader, Transaction, Vault } from '../vault/vault.ts';
import { table, VaultError } from '../vault/vault.ts';

/** What the storage layer knows of the cloud that it holds. */
export interface Foundation {
  /** Which form the records have. */
  version: 2;
  /** The module that seals this cloud's keys. */
  moduleId: string;
  /** When it was founded; milliseconds since the Unix epoch, by the cloud's clock. */
  time: number;
  /** How often it has been opened: a seeded cloud draws other random numbers each time. */
  starts: number;
  seed?: string;
  /** What is limited, where that is not as AWS has it. */
  quotas?: Scenario['quotas'];
  /** What it was founded from. Clouds from before this was kept have none. */
  scenario?: Scenario;
  /** Founding takes several steps; a cloud that was cut off in between is founded anew. */
  isComplete: boolean;
}

/** Before version 2 only this was written down. */
interface FirstFoundation {
  version?: undefined;
  domainKeyId: string;
  time: number;
}

const foundations = table<Foundation | FirstFoundation>('cloud');
const clocks = table<ClockState>('cloud.clock');

const foundation = 'foundation';
const clockKey = 'clock';

/**
 * The cloud that the vault holds, or `undefined` for an empty vault, and for one whose founding was cut off: that
 * one is emptied. Notes one more start. Rejects with `VaultError` when the module is not the one that sealed the
 * keys in it.
 */
export async function openFoundation(vault: Vault, hsm: Hsm): Promise<Foundation | undefined> {
  const known = vault.get(foundations, foundation);
  if (!known) return undefined;
  if (known.version === 2 && !known.isComplete) {
    await vault.clear();
    return undefined;
  }
  const moduleId = known.version === 2 ? known.moduleId : known.domainKeyId;
  if (!(await hsm.adopt({ moduleId }))) throw lostModule();
  return vault.transact('start', (transaction) => {
    if (known.version === undefined) migrateFirstVersion(transaction);
    const next: Foundation =
      known.version === 2
        ? { ...known, starts: known.starts + 1 }
        : { version: 2, moduleId, time: known.time, starts: 2, isComplete: true };
    transaction.put(foundations, foundation, next);
    return next;
  });
}

/** What these records say of the cloud that they are of. `undefined`: none that could be opened. */
export function foundationIn(records: readonly StoredRecord[]): Foundation | undefined {
  const value = records.find(isFoundation)?.value as Foundation | FirstFoundation | undefined;
  return value?.version === 2 && value.isComplete ? value : undefined;
}

/** The same records, as those of a cloud whose keys are sealed by this module. */
export function recordsOfModule(records: readonly StoredRecord[], moduleId: string): StoredRecord[] {
  return records.map((record) =>
    isFoundation(record) ? { ...record, value: { ...(record.value as Foundation), moduleId } } : record,
  );
}

function isFoundation({ table, key }: StoredRecord): boolean {
  return table === foundations.name && key === foundation;
}

export function writeFoundation(vault: Vault, record: Foundation): Promise<void> {
  return vault.transact('founding', (transaction) => {
    transaction.put(foundations, foundation, record);
  });
}

export function savedClock(reader: Reader): ClockState | undefined {
  return reader.get(clocks, clockKey);
}

export function writeClock(transaction: Transaction, state: ClockState): void {
  transaction.put(clocks, clockKey, state);
}

/** Durable when it resolves. */
export function saveClock(vault: Vault, state: ClockState): Promise<void> {
  return vault.transact('clock', (transaction) => writeClock(transaction, state));
}

/** Durable with the next commit, as the audit records of the same time are. */
export function saveClockLater(vault: Vault, state: ClockState): void {
  vault.addLater('clock', clocks, clockKey, state);
}

function lostModule(): VaultError {
  return new VaultError(
    'The cryptographic module has lost the domain key that seals this cloud’s keys, so none of them can be used any more. Reset this cloud to begin anew.',
    'replaced',
  );
}
