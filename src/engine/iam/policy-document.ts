import { AwsError } from '../errors/aws-error.ts';
import type { Reader } from '../vault/vault.ts';
import { asList } from './evaluation/as-list.ts';
import { checkMembers, malformed } from './grammar/shapes.ts';
import { checkStatement, type PolicyPlace } from './grammar/statement.ts';
import { principals } from './tables.ts';
import type { PolicyDocument, PolicyStatement } from './types.ts';

export type { PolicyPlace } from './grammar/statement.ts';

/** Most bytes that a key policy may have (AWS KMS Developer Guide, "Resource quotas"). */
const maximumBytes = 32_768;

/** Characters that a policy may hold (KMS API Reference, PutKeyPolicy, Policy; IAM API Reference, PutUserPolicy). */
const allowedCharacters = /^[\t\n\r\u0020-\u00FF]*$/;

/**
 * Reads a policy, a key policy unless told. Throws MalformedPolicyDocumentException with what is wrong and where;
 * LimitExceededException when a key policy is too long.
 */
export function parsePolicyDocument(text: string, place: PolicyPlace = 'resource'): PolicyDocument {
  if (place === 'resource' && new TextEncoder().encode(text).length > maximumBytes) {
    throw new AwsError('LimitExceededException', `A key policy may have at most ${maximumBytes} bytes.`);
  }
  if (!allowedCharacters.test(text)) throw malformed('The policy contains a character that is not allowed.');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  checkMembers(document, 'The policy', ['Version', 'Id', 'Statement']);
  const { Version, Id, Statement } = document;
  checkVersion(Version, place);
  if (Id !== undefined && typeof Id !== 'string') throw malformed('Id must be a string.');
  const statements = asList(Statement);
  if (statements.length === 0) throw malformed('The policy has no Statement.');
  statements.forEach((statement, index) => checkStatement(statement, `Statement ${index + 1}`, place));
  // Checked member by member above.
  const policy = document as unknown as PolicyDocument;
  // Whether KMS minds equal Sids is not documented; IAM does.
  if (place !== 'resource') checkSids(policy);
  return policy;
}

function checkVersion(version: unknown, place: PolicyPlace): void {
  if (place === 'resource-control' && version !== '2012-10-17') {
    throw malformed('The Version of a resource control policy must be "2012-10-17".');
  }
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    throw malformed('Version must be "2012-10-17" or "2008-10-17".');
  }
}

function checkSids({ Statement }: PolicyDocument): void {
  const sids = asList<PolicyStatement>(Statement).flatMap(({ Sid }) => Sid ?? []);
  if (new Set(sids).size < sids.length) {
    throw malformed('Statement IDs (SID) in a single policy must be unique.');
  }
}

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
        asList(element['Service']).every((value) => servicePrincipal.test(value));
      if (!exist) throw malformed('Policy contains a statement with one or more invalid principals.');
    }
  }
}

const servicePrincipal = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;

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
