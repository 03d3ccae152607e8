import { VaultError } from './vault.ts';

/** The stored data is not what this vault left there. */
export function replacedError(): VaultError {
  return new VaultError(
    'The stored data of this cloud was changed or deleted from outside: by another tab, or by clearing the ' +
      'site data. Nothing was written. Reload the page to go on with what is there.',
    'replaced',
  );
}

/** The learner's words for whatever a storage API threw. */
export function asVaultError(error: unknown): VaultError {
  if (error instanceof VaultError) return error;
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name === 'QuotaExceededError') {
    return new VaultError(
      'There is no room left to store this. Nothing was written. Free some disk space, or the site data of ' +
        'other sites; or export this cloud and reset it.',
      'quota',
      { cause: error },
    );
  }
  return new VaultError(
    `The database of this cloud does not work (${name}: ${message}). Nothing was written. Reload the page; ` +
      'if that does not help, export this cloud and reset it.',
    'broken',
    { cause: error },
  );
}
