import { foundPrincipal, type FoundingOptions } from '../iam/founding.ts';
import type { AccessKeyDraft, PrincipalDraft } from '../iam/new-principal.ts';
import { accounts } from '../iam/tables.ts';
import type { Account } from '../iam/types.ts';
import type { Transaction } from '../vault/vault.ts';
import type { Scenario, ScenarioAccount, ScenarioPrincipal } from './schema/scenario.ts';

/**
 * Writes a scenario's principals and access keys, each account's root user among them. What `scenarioRequests`
 * gives is to be done next, and `foundAccounts` after that.
 */
export function foundScenario(transaction: Transaction, scenario: Scenario, options: FoundingOptions): void {
  for (const { accountId, rootAccessKey = {}, principals } of scenario.accounts) {
    const account = { ...options, accountId };
    foundPrincipal(
      transaction,
      { type: 'Root', name: 'root', description: rootIs },
      [rootAccessKey],
      account,
    );
    for (const principal of principals) {
      const { keys, ...draft } = drafts(principal, accountId);
      foundPrincipal(transaction, draft, keys, account);
    }
  }
}

const rootIs = 'The root user of the account: may do everything that no key policy takes away.';

function drafts(
  { accessKeys, ...principal }: ScenarioPrincipal,
  accountId: string,
): PrincipalDraft & { keys: AccessKeyDraft[] } {
  const keys: AccessKeyDraft[] = accessKeys ?? [{}];
  if (principal.type !== 'Service') return { ...principal, keys };
  return { ...principal, keys: keys.map((key) => ({ sourceAccount: accountId, ...key })) };
}

/**
 * Writes what is known of the accounts. Only now, because a service or resource control policy would restrict
 * the making of the scenario's keys, too.
 */
export function foundAccounts(transaction: Transaction, scenario: Scenario): void {
  for (const account of scenario.accounts) {
    const record = accountOf(account);
    if (Object.keys(record).length > 1) transaction.put(accounts, record.accountId, record);
  }
}

function accountOf(account: ScenarioAccount): Account {
  const { rootAccessKey, principals, keys, ...record } = account;
  return record;
}
