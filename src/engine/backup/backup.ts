import type { Clock } from '../clock/clock.ts';
import { recordsOfModule } from '../founding/foundation.ts';
import { backupRounds } from '../hsm/backup/backup-key.ts';
import { BackupRefused } from '../hsm/backup/refusal.ts';
import { openFile, sealFile } from '../hsm/backup/sealed-file.ts';
import type { Hsm } from '../hsm/hsm.ts';
import { tokens } from '../kms/tokens.ts';
import type { StoredRecord } from '../vault/adapter.ts';
import type { Vault } from '../vault/vault.ts';
import { zones } from '../vault/zones.ts';
import { contentsBytes, contentsIn, summaryOf, type BackupSummary } from './contents.ts';

/** Shorter ones are guessed too soon, whatever the rounds. */
export const shortestPassphrase = 12;

export interface BackupRooms {
  vault: Vault;
  hsm: Hsm;
  wallClock: Clock;
}

/**
 * The whole cloud as one file that only the passphrase opens. Call while nothing else is under way.
 * @param cost rounds of PBKDF2; only tests ask for fewer
 * @throws BackupRefused when a domain has no module in service, or holds a key that cannot be wrapped
 */
export async function writeBackup(
  { vault, hsm, wallClock }: BackupRooms,
  passphrase: string,
  cost: number = backupRounds,
): Promise<Uint8Array<ArrayBuffer>> {
  if (passphrase.length < shortestPassphrase) {
    throw new BackupRefused(`The passphrase must have ${shortestPassphrase} characters or more.`);
  }
  await vault.flush();
  const modules = await hsm.backup({ passphrase, iterations: cost });
  if (!modules.ok) {
    const { refusal } = modules;
    const region = 'region' in refusal ? refusal.region : 'a Region';
    throw new BackupRefused(
      `No module of ${region} is in service, so nobody can write a backup of its domain keys. Put a new module in the place of one that has failed, and try again.`,
    );
  }
  await refuseUnwrapped(vault, hsm, modules.domainKeyIds);
  const contents = contentsBytes({
    ...({ format: 'glass-kms-backup', version: 1 } as const),
    ...{ written: wallClock.now(), modules: modules.backup, records: vault.all() },
  });
  return sealFile(contents, passphrase, cost);
}

/** Keys that are sealed under a domain key which is not in the backup would be lost. */
async function refuseUnwrapped(vault: Vault, hsm: Hsm, wrapped: readonly string[]): Promise<void> {
  const { domains } = await hsm.view();
  const left = domains
    .flatMap(({ keys }) => keys)
    .map(({ id }) => id)
    .filter((id) => !wrapped.includes(id));
  if (left.length === 0) return;
  const isLeft = zones
    .flatMap((zone) => vault.list(tokens.tableOf(zone)))
    .some(({ value }) => left.includes(value.domainKeyId));
  if (isLeft) {
    throw new BackupRefused(
      'Some keys are still sealed under a domain key from an older version of this site, which cannot be wrapped. Rotate the domain key of each Region in the HSM picture of the glass, and try again.',
    );
  }
}

/** What a backup holds. @throws BackupRefused */
export async function inspectBackup(file: Uint8Array, passphrase: string): Promise<BackupSummary> {
  return summaryOf(contentsIn(await openFile(file, passphrase)));
}

/**
 * Makes a backup's modules ready beside those at work, and gives the records that belong to them. Until the vault holds
 * these, nothing has changed; once it does, the modules are the new ones (`Hsm.adopt`), also after a crash.
 * @throws BackupRefused
 */
export async function prepareRestore(
  hsm: Hsm,
  file: Uint8Array,
  passphrase: string,
): Promise<{ records: StoredRecord[]; summary: BackupSummary }> {
  const contents = contentsIn(await openFile(file, passphrase));
  const summary = summaryOf(contents);
  const restored = await hsm.restore({ backup: contents.modules, passphrase });
  if (!restored.ok) throw new BackupRefused('The modules’ part of the backup does not open.');
  return { records: recordsOfModule(contents.records, restored.moduleId), summary };
}
