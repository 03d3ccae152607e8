import { asList } from '../evaluation/as-list.ts';
import { checkCondition } from './condition.ts';
import { checkMembers, checkStrings, isObject, malformed, type Members } from './shapes.ts';

/**
 * Where a policy is: on a resource, on a principal (or a session, or an account: policies that do not say whom they
 * are about), or a resource control policy, which is about everyone.
 */
export type PolicyPlace = 'resource' | 'identity' | 'resource-control';

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

/** Holds a statement against the grammar (IAM User Guide, "Grammar of the IAM JSON policy language"). */
export function checkStatement(statement: unknown, where: string, place: PolicyPlace): void {
  checkMembers(statement, where, statementMembers);
  if (statement['Sid'] !== undefined && typeof statement['Sid'] !== 'string') {
    throw malformed(`${where}: Sid must be a string.`);
  }
  if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny') {
    throw malformed(`${where}: Effect must be "Allow" or "Deny".`);
  }
  for (const name of ['Principal', 'Action', 'Resource']) {
    if (has(statement, name) && has(statement, `Not${name}`)) {
      throw malformed(`${where}: ${name} and Not${name} cannot stand together.`);
    }
  }
  checkPlace[place](statement, where);
  for (const name of ['Principal', 'NotPrincipal']) checkPrincipal(statement[name], `${where}: ${name}`);
  for (const name of ['Action', 'NotAction', 'Resource', 'NotResource']) {
    checkStrings(statement[name], `${where}: ${name}`);
  }
  for (const action of [...asList(statement['Action']), ...asList(statement['NotAction'])]) {
    if (action !== '*' && !/^[\w-]+:[\w*?-]+$/.test(String(action))) {
      throw malformed(`${where}: "${String(action)}" is not an action; actions look like "kms:Encrypt".`);
    }
  }
  checkCondition(statement['Condition'], `${where}: Condition`);
}

/** What each place asks for besides, in AWS's words where they are known. */
const checkPlace: Record<PolicyPlace, (statement: Members, where: string) => void> = {
  // KMS accepts statements without Action or Resource, which have no effect (KMS API Reference, PutKeyPolicy).
  resource(statement) {
    if (isNobody(statement['Principal']) && isNobody(statement['NotPrincipal'])) {
      throw malformed('Policy contains a statement with no principal.');
    }
  },
  identity(statement) {
    if (has(statement, 'Principal') || has(statement, 'NotPrincipal')) {
      throw malformed('Policy document should not specify a principal.');
    }
    requireActionAndResource(statement);
  },
  // AWS Organizations User Guide, "RCP syntax".
  'resource-control'(statement, where) {
    if (statement['Effect'] !== 'Deny') {
      throw malformed(
        `${where}: Effect must be "Deny": of resource control policies, only AWS's own allows.`,
      );
    }
    if (statement['Principal'] !== '*') throw malformed(`${where}: Principal must be "*".`);
    if (has(statement, 'NotAction')) {
      throw malformed(`${where}: a resource control policy cannot have NotAction.`);
    }
    requireActionAndResource(statement);
  },
};

function requireActionAndResource(statement: Members): void {
  if (!has(statement, 'Action') && !has(statement, 'NotAction')) {
    throw malformed('Policy statement must contain actions.');
  }
  if (!has(statement, 'Resource') && !has(statement, 'NotResource')) {
    throw malformed('Policy statement must contain resources.');
  }
}

function has(statement: Members, name: string): boolean {
  return statement[name] !== undefined;
}

function isNobody(element: unknown): boolean {
  if (!isObject(element)) return element === undefined;
  return Object.values(element).every((values) => Array.isArray(values) && values.length === 0);
}

function checkPrincipal(element: unknown, where: string): void {
  if (element === undefined || element === '*') return;
  checkMembers(element, where, ['AWS', 'Service', 'Federated', 'CanonicalUser']);
  for (const [type, values] of Object.entries(element)) checkStrings(values, `${where}.${type}`);
}
