import { accessKeys, accounts, principals } from '../iam/tables.ts';
import type { AccessKey, Principal } from '../iam/types.ts';
import { keys } from '../kms/records.ts';
import type { Reader } from '../vault/vault.ts';
import { describedKey, type LeftOut } from './describe-key.ts';
import type { Scenario, ScenarioAccount, ScenarioPrincipal } from './schema/scenario.ts';

/** A cloud as a scenario, and what of it no scenario can say. */
export interface DescribedCloud {
  scenario: Scenario;
  leftOut: LeftOut[];
}

/**
 * Writes down what a cloud is like, so that another can be founded so: accounts, principals and policies, and its
 * customer managed keys with their ids, aliases, policies and grants. No key material, no credentials and no audit
 * trail is in it; the other cloud draws its own. Clock and quotas are those of the scenario that it was founded from.
 */
export function describedCloud(reader: Reader, foundedFrom: Scenario | undefined): DescribedCloud {
  const leftOut: LeftOut[] = [];
  const everyKey = reader.list(keys).map(({ value }) => value);
  const everybody = reader.list(principals).map(({ value }) => value);
  const credentials = reader.list(accessKeys).map(({ value }) => value);
  const ids = new Set(everybody.filter(({ type }) => type === 'Root').map(({ accountId }) => accountId));

  const described = [...ids].map((accountId): ScenarioAccount => {
    const sessionsOf = ({ arn }: Principal) => credentials.filter(({ principalArn }) => principalArn === arn);
    const its = everybody.filter(({ type, ...principal }) => {
      if (type === 'Root') return false;
      if (type !== 'Service') return principal.accountId === accountId;
      return homeOf(sessionsOf({ type, ...principal }), [...ids]) === accountId;
    });
    const itsKeys = everyKey
      .filter((key) => key.accountId === accountId)
      .sort((one, other) => one.created - other.created)
      .flatMap((key) => describedKey(reader, key, leftOut));
    return {
      ...reader.get(accounts, accountId),
      accountId,
      principals: its.map((principal) => describedPrincipal(principal, sessionsOf(principal))),
      ...(itsKeys.length > 0 && { keys: itsKeys }),
    };
  });
  const { description, clock, quotas } = foundedFrom ?? {};
  const scenario: Scenario = {
    version: 1,
    ...(description !== undefined && { description }),
    ...(clock && { clock }),
    accounts: described,
    ...(quotas && { quotas }),
  };
  return { scenario, leftOut };
}

/** A service is listed under the account that it calls for; without any, under the first. */
function homeOf([session]: readonly AccessKey[], [first]: readonly string[]): string | undefined {
  return session?.sourceAccount ?? first;
}

function describedPrincipal(principal: Principal, sessions: readonly AccessKey[]): ScenarioPrincipal {
  const { type, name, arn, policies, boundary, tags, description } = principal;
  const drafts = sessions.map(
    ({
      accessKeyId: _id,
      secretAccessKey: _secret,
      sessionToken: _token,
      principalArn: _of,
      created: _,
      ...draft
    }) => draft,
  );
  const path = /:(?:user|role)(\/.*\/)[^/]*$/.exec(arn)?.[1];
  return {
    type,
    name,
    ...(description !== undefined && { description }),
    ...(path !== undefined && { path }),
    ...(policies.length > 0 && { policies }),
    ...(boundary && { boundary }),
    ...(tags && { tags }),
    accessKeys: drafts,
  } as ScenarioPrincipal;
}
