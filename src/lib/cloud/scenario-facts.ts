import type { Scenario } from '$engine/scenario/schema/scenario.ts';

/** How much there is in a scenario. Root users are not counted: each account has one. */
export function scenarioFacts({ accounts }: Scenario): {
  accounts: number;
  principals: number;
  keys: number;
} {
  return {
    accounts: accounts.length,
    principals: accounts.reduce((sum, { principals }) => sum + principals.length, 0),
    keys: accounts.reduce((sum, { keys = [] }) => sum + keys.length, 0),
  };
}
