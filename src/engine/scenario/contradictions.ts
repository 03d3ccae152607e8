import type { Scenario, ScenarioAccount, ScenarioKey } from './schema/scenario.ts';
import { defaultRegion } from './defaults.ts';

/** What no single member can say: things that may be there but once, and members that do not go together. */
export function contradictions({ accounts }: Scenario): string[] {
  const seen = new Set<string>();
  const found: string[] = [];

  function once(place: string, what: string): void {
    if (seen.has(what)) found.push(`${place}: ${what} is there already.`);
    seen.add(what);
  }

  accounts.forEach((account, index) => {
    const place = `accounts[${index}]`;
    once(`${place}.accountId`, `Account ${account.accountId}`);
    checkPrincipals(account, place, once);
    account.keys?.forEach((key, at) => {
      const where = `${place}.keys[${at}]`;
      found.push(...keyContradictions(key, where));
      const region = key.region ?? defaultRegion;
      if (key.keyId !== undefined) once(`${where}.keyId`, `Key ${key.keyId}`);
      key.aliases?.forEach((alias, number) =>
        once(`${where}.aliases[${number}]`, `${alias} of account ${account.accountId} in ${region}`),
      );
    });
  });
  return found;
}

function checkPrincipals(
  { accountId, rootAccessKey, principals }: ScenarioAccount,
  place: string,
  once: (place: string, what: string) => void,
): void {
  if (rootAccessKey?.accessKeyId !== undefined) {
    once(`${place}.rootAccessKey.accessKeyId`, `Access key ${rootAccessKey.accessKeyId}`);
  }
  principals.forEach(({ type, name, accessKeys }, index) => {
    const where = `${place}.principals[${index}]`;
    // Services belong to no account.
    once(`${where}.name`, type === 'Service' ? name : `${type} ${name} of account ${accountId}`);
    accessKeys?.forEach(({ accessKeyId }, at) => {
      if (accessKeyId !== undefined)
        once(`${where}.accessKeys[${at}].accessKeyId`, `Access key ${accessKeyId}`);
    });
  });
}

function keyContradictions(key: ScenarioKey, where: string): string[] {
  const { keyId, region = defaultRegion, multiRegion = false, replicas = [], grants = [] } = key;
  const found: string[] = [];
  if (keyId !== undefined && keyId.startsWith('mrk-') !== multiRegion) {
    found.push(`${where}.keyId: The ids of multi-Region keys, and only theirs, begin with mrk-.`);
  }
  if (replicas.length > 0 && !multiRegion) {
    found.push(`${where}.replicas: Only a multi-Region key has replicas.`);
  }
  const regions = [region, ...replicas];
  if (new Set(regions).size < regions.length) {
    found.push(`${where}.replicas: A key is once in each Region, and its own is ${region}.`);
  }
  grants.forEach(({ granteePrincipal, granteeServicePrincipal }, index) => {
    if ((granteePrincipal === undefined) === (granteeServicePrincipal === undefined)) {
      found.push(`${where}.grants[${index}]: A grant has one grantee, a principal or a service.`);
    }
  });
  return found;
}
