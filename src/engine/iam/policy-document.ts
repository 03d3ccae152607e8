import { AwsError } from '../errors/aws-error.ts';
import type { Reader } from '../vault/vault.ts';
import { asList } from './evaluation/as-list.ts';
import { conditionOperators } from './evaluation/condition-operators.ts';
import { operatorForm } from './evaluation/condition.ts';
import { principals } from './tables.ts';
import type { PolicyDocument, PolicyStatement } from './types.ts';

/** Most bytes that a key policy may have (AWS KMS Developer Guide, "Resource quotas"). */
const maximumBytes = 32_768;

/** Characters that a key policy may hold (KMS API Reference, PutKeyPolicy, Policy). */
const allowedCharacters = /^[\t\n\r\u0020-\u00FF]*$/;

/** Policies on resources (and RCPs) say whom they are about; those on principals, sessions and accounts do not. */
export type PolicyPlace = 'resource' | 'identity';

/**
 * Reads a policy, a key policy unless told. Throws MalformedPolicyDocumentException with what is wrong and where; LimitExceededException
 * when it is too long. Statements without Action or Resource are accepted, as KMS does: they have no effect.
 */
export function parsePolicyDocument(text: string, place: PolicyPlace = 'resource'): PolicyDocument {
  if (new TextEncoder().encode(text).length > maximumBytes) {
    throw new AwsError('LimitExceededException', `A key policy may have at most ${maximumBytes} bytes.`);
  }
  if (!allowedCharacters.test(text)) throw malformed('The policy contains a character that is not allowed.');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed('The policy is not valid JSON.');
  }
  checkMembers(document, 'The policy', ['Version', 'Id', 'Statement']);
  const { Version, Id, Statement } = document;
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') {
    throw malformed('Version must be "2012-10-17" or "2008-10-17".');
  }
  if (Id !== undefined && typeof Id !== 'string') throw malformed('Id must be a string.');
  const statements = asList(Statement);
  if (statements.length === 0) throw malformed('The policy has no Statement.');
  statements.forEach((statement, index) => checkStatement(statement, `Statement ${index + 1}`, place));
  // Checked member by member above.
  return document as unknown as PolicyDocument;
}

/**
 * Refuses a policy that names a user or role that does not exist in one of this cloud's accounts, in AWS's words.
 */
export function checkPrincipalsExist(document: PolicyDocument, reader: Reader): void {
  for (const statement of asList<PolicyStatement>(document.Statement)) {
    for (const element of [statement.Principal, statement.NotPrincipal]) {
      if (typeof element !== 'object') continue;
      for (const value of asList(element.AWS)) {
        if (!principalExists(value, reader)) {
          throw malformed('Policy contains a statement with one or more invalid principals.');
        }
      }
    }
  }
}

/** Whether there is such an account, user, role or role session in this cloud: an ARN, an account id, or `*`. */
export function principalExists(value: string, reader: Reader): boolean {
  if (value === '*' || /^\d{12}$/.test(value) || /^arn:aws:iam::\d{12}:root$/.test(value)) return true;
  if (reader.get(principals, value)) return true;
  const session = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/[\w+=,.@-]{2,64}$/.exec(value);
  return (
    session !== null && reader.get(principals, `arn:aws:iam::${session[1]}:role/${session[2]}`) !== undefined
  );
}

type Members = Record<string, unknown>;

const statementMembers = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function checkStatement(statement: unknown, where: string, place: PolicyPlace): void {
  checkMembers(statement, where, statementMembers);
  if (statement.Sid !== undefined && typeof statement.Sid !== 'string') {
    throw malformed(`${where}: Sid must be a string.`);
  }
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw malformed(`${where}: Effect must be "Allow" or "Deny".`);
  }
  for (const name of ['Principal', 'Action', 'Resource']) {
    if (statement[name] !== undefined && statement[`Not${name}`] !== undefined) {
      throw malformed(`${where}: ${name} and Not${name} cannot stand together.`);
    }
  }
  const hasPrincipal = statement.Principal !== undefined || statement.NotPrincipal !== undefined;
  if (place === 'resource' && !hasPrincipal) {
    throw malformed(`${where}: a key policy statement must have a Principal.`);
  }
  if (place === 'identity' && hasPrincipal) {
    throw malformed(`${where}: only a policy on a resource has a Principal.`);
  }
  for (const name of ['Principal', 'NotPrincipal']) checkPrincipal(statement[name], `${where}: ${name}`);
  for (const name of ['Action', 'NotAction', 'Resource', 'NotResource']) {
    checkStrings(statement[name], `${where}: ${name}`);
  }
  for (const action of [...asList(statement.Action), ...asList(statement.NotAction)]) {
    if (action !== '*' && !/^[\w-]+:[\w*?-]+$/.test(String(action))) {
      throw malformed(`${where}: "${String(action)}" is not an action; actions look like "kms:Encrypt".`);
    }
  }
  checkCondition(statement.Condition, `${where}: Condition`);
}

function checkPrincipal(element: unknown, where: string): void {
  if (element === undefined || element === '*') return;
  checkMembers(element, where, ['AWS', 'Service', 'Federated', 'CanonicalUser']);
  if (Object.keys(element).length === 0) throw malformed(`${where} is empty.`);
  for (const [type, values] of Object.entries(element)) checkStrings(values, `${where}.${type}`);
}

function checkCondition(condition: unknown, where: string): void {
  if (condition === undefined) return;
  if (!isObject(condition)) throw malformed(`${where} must be an object.`);
  for (const [operator, keys] of Object.entries(condition)) {
    const name = operatorForm.exec(operator)?.[2] ?? '';
    if (name !== 'Null' && !conditionOperators.has(name)) {
      throw malformed(`${where}: there is no operator "${operator}".`);
    }
    if (!isObject(keys)) throw malformed(`${where}.${operator} must be an object.`);
    for (const [key, values] of Object.entries(keys)) {
      const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
      if (!asList(values).every(isScalar)) {
        throw malformed(`${where}.${operator}: the values of "${key}" must be strings, numbers or booleans.`);
      }
    }
  }
}

function checkStrings(value: unknown, where: string): void {
  if (value === undefined) return;
  const values = asList(value);
  if (values.length === 0 || !values.every((one) => typeof one === 'string')) {
    throw malformed(`${where} must be a string or a list of strings.`);
  }
}

function checkMembers(value: unknown, where: string, known: readonly string[]): asserts value is Members {
  if (!isObject(value)) throw malformed(`${where} must be an object.`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw malformed(`${where} has an unknown element "${unknown}".`);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocumentException', message);
}
