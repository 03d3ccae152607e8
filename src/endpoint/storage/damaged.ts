import { VaultError } from '../../engine/vault/vault.ts';

/** The stored data is not what was written. */
export function damaged(path: string, what: string): VaultError {
  return new VaultError(
    `${path} is damaged: ${what}. Nothing was changed. Put back a copy of the directory, or begin anew in another one.`,
  );
}
