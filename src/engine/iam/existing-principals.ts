import type { Reader } from '../vault/vault.ts';
import { asList } from './evaluation/as-list.ts';
import { malformed } from './grammar/shapes.ts';
import { principals } from './tables.ts';
import type { PolicyDocument, PolicyStatement } from './types.ts';

/**
 * Refuses a policy with principals that do not exist, in AWS's words. AWS knows all of its accounts; this cloud knows
 * its own, so a user or role of any other does not exist here, while accounts do. Identity providers are taken on trust.
 */
export function checkPrincipalsExist(document: PolicyDocument, reader: Reader): void {
  for (const statement of asList<PolicyStatement>(document.Statement)) {
    for (const element of [statement.Principal, statement.NotPrincipal]) {
      if (typeof element !== 'object') continue;
      const exist =
        asList(element['AWS']).every((value) => principalExists(value, reader)) &&
        asList(element['Service']).every(isServicePrincipal);
      if (!exist) throw malformed('Policy contains a statement with one or more invalid principals.');
    }
  }
}

/** Whether this is the name of an AWS service, as policies name it. */
export function isServicePrincipal(value: string): boolean {
  return /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(value);
}

/**
 * Whether there is such a principal: the ARN of an account, a user, a role or a session, the unique id of a user or
 * role, an account id, or `*`.
 */
export function principalExists(value: string, reader: Reader): boolean {
  if (value === '*' || /^\d{12}$/.test(value) || /^arn:aws:iam::\d{12}:root$/.test(value)) return true;
  if (value.startsWith('arn:aws:iam:')) return reader.get(principals, value) !== undefined;
  const [, roleAccount, role] = roleSession.exec(value) ?? [];
  if (role !== undefined) return isRole(`arn:aws:iam::${roleAccount}:role/`, role, reader);
  // A federated user is whoever somebody of the account says.
  const [, account] = federatedUser.exec(value) ?? [];
  if (account !== undefined) return reader.count(principals, `arn:aws:iam::${account}:`) > 0;
  return (
    /^A(IDA|ROA)[A-Z0-9]+$/.test(value) &&
    reader.list(principals).some((entry) => entry.value.principalId === value)
  );
}

const roleSession = /^arn:aws:sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/[\w+=,.@-]{2,64}$/;
const federatedUser = /^arn:aws:sts::(\d{12}):federated-user\/[\w+=,.@-]{2,32}$/;

/** The ARN of a session does not tell the path of its role. */
function isRole(prefix: string, name: string, reader: Reader): boolean {
  return reader.list(principals, { prefix }).some((entry) => entry.value.name === name);
}
