import { asVaultError } from '../engine/vault/failures.ts';
import type { VaultAdapter } from '../engine/vault/adapter.ts';

/**
 * The same adapter, which tells how each attempt to store went: the message for the learner, or `undefined`.
 * Group commits fail with nobody waiting for them, so this is how the learner hears of it.
 */
export function reportingTrouble(
  adapter: VaultAdapter,
  report: (message: string | undefined) => void,
): VaultAdapter {
  return {
    durability: adapter.durability,
    load: () => adapter.load(),
    async append(commit, promptness) {
      try {
        await adapter.append(commit, promptness);
      } catch (error) {
        const failure = asVaultError(error);
        report(failure.message);
        throw failure;
      }
      report(undefined);
    },
    journal: (after) => adapter.journal(after),
    clear: () => adapter.clear(),
    replace: (records, first) => adapter.replace(records, first),
    close: () => adapter.close(),
  };
}
