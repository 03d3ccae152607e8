import type { AuthorizationRequest, PolicyDocument, PolicyStatement } from '../../src/engine/iam/types.ts';

/**
 * A second evaluator, written for the tests alone and from the rules alone: no preparation, no short ways, one
 * function a rule. It knows the language that the property test generates and nothing more.
 */
export function naivelyAllowed(request: AuthorizationRequest): boolean {
  const { caller, resourcePolicy, resourceAccountId } = request;
  const { accountId } = caller.principal;
  const own = caller.principal.policies.flatMap(({ document }) => statementsOf(document));
  const ownMatches = own.filter((statement) => meets(statement, request));
  const keyMatches = (resourcePolicy ? statementsOf(resourcePolicy) : []).filter((statement) =>
    meets(statement, request),
  );
  const denies = (statement: PolicyStatement) => statement.Effect === 'Deny';
  const allows = (statement: PolicyStatement) => statement.Effect === 'Allow';

  if (ownMatches.some(denies)) return false;
  if (keyMatches.some((statement) => denies(statement) && names(statement, request) !== 'no')) return false;

  const ownSide = caller.principal.type === 'Root' || ownMatches.some(allows);
  const directly = keyMatches.some(
    (statement) => allows(statement) && names(statement, request) === 'caller',
  );
  const account = keyMatches.some(
    (statement) => allows(statement) && names(statement, request) === 'account',
  );

  if (accountId !== resourceAccountId) return ownSide && (directly || account);
  if (!resourcePolicy) return ownSide;
  return directly || (account && ownSide);
}

function statementsOf(document: PolicyDocument): PolicyStatement[] {
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement];
}

function names(statement: PolicyStatement, { caller }: AuthorizationRequest): 'caller' | 'account' | 'no' {
  const element = statement.Principal;
  const listed = typeof element === 'string' ? [element] : ([] as string[]).concat(element?.AWS ?? []);
  const { arn, accountId, type } = caller.principal;
  const account = listed.includes(accountId) || listed.includes(`arn:aws:iam::${accountId}:root`);
  if (listed.includes('*') || listed.includes(arn) || listed.includes(caller.arn)) return 'caller';
  if (account) return type === 'Root' ? 'caller' : 'account';
  return 'no';
}

/** Everything but the Principal element. */
function meets(
  statement: PolicyStatement,
  { action, resource, conditionKeys }: AuthorizationRequest,
): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  if (Action && !list(Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())))
    return false;
  if (NotAction && list(NotAction).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())))
    return false;
  if (Resource && !list(Resource).some((pattern) => like(pattern, resource))) return false;
  if (NotResource && list(NotResource).some((pattern) => like(pattern, resource))) return false;
  return Object.entries(Condition).every(([operator, lines]) =>
    Object.entries(lines).every(([key, wanted]) =>
      holds(operator, list(wanted as string | string[]), conditionKeys[key] ?? []),
    ),
  );
}

function holds(operator: string, wanted: string[], found: string[]): boolean {
  const some = (test: (found: string, wanted: string) => boolean) =>
    found.some((one) => wanted.some((other) => test(one, other)));
  const equal = (one: string, other: string) => one === other;
  switch (operator) {
    case 'StringEquals':
      return some(equal);
    case 'StringNotEquals':
      return !some(equal);
    case 'StringLike':
      return some((one, pattern) => like(pattern, one));
    case 'StringEqualsIfExists':
      return found.length === 0 || some(equal);
    case 'ForAllValues:StringEquals':
      return found.every((one) => wanted.includes(one));
    case 'ForAnyValue:StringNotEquals':
      return found.some((one) => !wanted.includes(one));
    case 'NumericLessThan':
      return some((one, limit) => Number(one) < Number(limit));
    case 'Null':
      return wanted.some((value) => (value === 'true') === (found.length === 0));
    default:
      throw new Error(`The naive evaluator does not know ${operator}.`);
  }
}

function like(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') {
    return like(pattern.slice(1), text) || (text !== '' && like(pattern, text.slice(1)));
  }
  return (
    text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && like(pattern.slice(1), text.slice(1))
  );
}

function list(value: string | string[]): string[] {
  return ([] as string[]).concat(value);
}
