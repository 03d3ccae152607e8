import type {
  AuthorizationRequest,
  Grant,
  NamedPolicy,
  PolicyDocument,
  PolicyStatement,
} from '../../src/engine/iam/types.ts';

/**
 * A second evaluator, written for the tests alone and from the rules alone: no preparation, no short ways, one
 * function a rule. It knows the language that the property test generates and nothing more.
 */
export function naivelyAllowed(request: AuthorizationRequest): boolean {
  if (somethingDenies(request)) return false;
  if (!organizationAllows(request)) return false;
  const { caller, resourcePolicy, resourceAccountId } = request;
  const { accountId, type } = caller.principal;

  if (type === 'Service') {
    return keyPolicyNames(request).length > 0 || grantsName(request).length > 0;
  }
  if (!resourcePolicy) return accountId === resourceAccountId && ownAccountAllows(request);
  const straight = (ways: Way[]) =>
    ways.includes('everyone') ||
    ways.includes('session') ||
    (ways.includes('user') && (!caller.accessKey.sessionPolicies || nothingLimits(request))) ||
    (ways.includes('role') && nothingLimits(request));
  if (straight(grantsName(request))) return true;
  if (accountId === resourceAccountId && straight(keyPolicyNames(request))) return true;
  const letIn = keyPolicyNames(request).length > 0 || grantsName(request).length > 0;
  return letIn && ownAccountAllows(request);
}

function somethingDenies(request: AuthorizationRequest): boolean {
  const { caller, resourcePolicy } = request;
  const isService = caller.principal.type === 'Service';
  const onCaller = isService
    ? []
    : [
        ...caller.principal.policies,
        ...(caller.principal.boundary ? [caller.principal.boundary] : []),
        ...(caller.accessKey.sessionPolicies ?? []),
      ];
  const statements = [...onCaller, ...scps(request).flat(), ...rcps(request).flat()].flatMap(({ document }) =>
    statementsOf(document),
  );
  const inKeyPolicy = resourcePolicy ? statementsOf(resourcePolicy) : [];
  return [...statements, ...inKeyPolicy.filter((statement) => concerns(statement, request))].some(
    (statement) => statement.Effect === 'Deny' && meets(statement, request),
  );
}

/** For statements that deny: whether they mean the caller. */
function concerns(statement: PolicyStatement, request: AuthorizationRequest): boolean {
  if (statement.Principal) return ways(statement.Principal, request).length > 0;
  const { principal, arn } = request.caller;
  if (principal.boundary) return true;
  const element = statement.NotPrincipal as Record<string, string | string[]>;
  if (principal.type === 'Service') return !list(element['Service'] ?? []).includes(principal.name);
  const listed = list(element['AWS'] ?? []);
  const account =
    listed.includes(principal.accountId) || listed.includes(`arn:aws:iam::${principal.accountId}:root`);
  if (principal.type === 'Root') return !account;
  return !(account && listed.includes(principal.arn) && listed.includes(arn));
}

function organizationAllows(request: AuthorizationRequest): boolean {
  return scps(request).every((level) => somePolicyAllows(level, request));
}

function scps({ caller, callerAccount }: AuthorizationRequest): NamedPolicy[][] {
  if (caller.principal.type === 'Service' || !callerAccount) return [];
  if (callerAccount.organization?.managementAccountId === callerAccount.accountId) return [];
  return callerAccount.serviceControlPolicies ?? [];
}

function rcps({ resourceAccount, isAwsManagedKey }: AuthorizationRequest): NamedPolicy[][] {
  if (isAwsManagedKey || !resourceAccount) return [];
  if (resourceAccount.organization?.managementAccountId === resourceAccount.accountId) return [];
  return resourceAccount.resourceControlPolicies ?? [];
}

function ownAccountAllows(request: AuthorizationRequest): boolean {
  const { principal } = request.caller;
  const says = principal.type === 'Root' || somePolicyAllows(principal.policies, request);
  return says && nothingLimits(request);
}

function nothingLimits(request: AuthorizationRequest): boolean {
  const { boundary } = request.caller.principal;
  const { sessionPolicies } = request.caller.accessKey;
  if (boundary && !somePolicyAllows([boundary], request)) return false;
  return !sessionPolicies || somePolicyAllows(sessionPolicies, request);
}

function somePolicyAllows(policies: NamedPolicy[], request: AuthorizationRequest): boolean {
  return policies
    .flatMap(({ document }) => statementsOf(document))
    .some((statement) => statement.Effect === 'Allow' && meets(statement, request));
}

type Way = 'everyone' | 'user' | 'role' | 'session' | 'account';

function keyPolicyNames(request: AuthorizationRequest): Way[] {
  if (!request.resourcePolicy) return [];
  return statementsOf(request.resourcePolicy)
    .filter((statement) => statement.Effect === 'Allow' && meets(statement, request))
    .flatMap((statement) => ways(statement.Principal!, request));
}

function grantsName(request: AuthorizationRequest): Way[] {
  if (!request.resourcePolicy) return [];
  return (request.grants ?? [])
    .filter((grant) => grant.operations.some((operation) => `kms:${operation}` === request.action))
    .filter((grant) => constraintsAreMet(grant, request))
    .flatMap(({ granteePrincipal, granteeServicePrincipal }) =>
      ways(
        granteePrincipal ? { AWS: granteePrincipal } : { Service: granteeServicePrincipal ?? '' },
        request,
      ),
    );
}

function constraintsAreMet({ constraints }: Grant, request: AuthorizationRequest): boolean {
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = constraints ?? {};
  const context = request.encryptionContext ?? {};
  if (sourceArn && request.caller.accessKey.sourceArn !== sourceArn) return false;
  if (request.action === 'kms:DescribeKey') return true;
  const pairs = (map: Record<string, string>) => Object.entries(map).map(([key, value]) => `${key}=${value}`);
  const has = pairs(context).sort();
  if (encryptionContextEquals && pairs(encryptionContextEquals).sort().join() !== has.join()) return false;
  return pairs(encryptionContextSubset ?? {}).every((pair) => has.includes(pair));
}

/** All the ways in which a Principal element names the caller. */
function ways(element: NonNullable<PolicyStatement['Principal']>, { caller }: AuthorizationRequest): Way[] {
  const { arn, accountId, type, name } = caller.principal;
  const aws = typeof element === 'string' ? [element] : list(element['AWS'] ?? []);
  const everyone: Way[] = aws.includes('*') ? ['everyone'] : [];
  if (type === 'Service') {
    const services = typeof element === 'string' ? [] : list(element['Service'] ?? []);
    return services.includes(name) ? ['everyone'] : everyone;
  }
  const self = type === 'Role' ? 'role' : 'user';
  const account = aws.includes(accountId) || aws.includes(`arn:aws:iam::${accountId}:root`);
  return [
    ...everyone,
    ...(aws.includes(arn) ? [self as Way] : []),
    ...(type === 'Role' && aws.includes(caller.arn) ? ['session' as const] : []),
    ...(account ? [type === 'Root' ? ('user' as const) : ('account' as const)] : []),
  ];
}

function statementsOf(document: PolicyDocument): PolicyStatement[] {
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement];
}

/** Everything but the Principal element. */
function meets(statement: PolicyStatement, request: AuthorizationRequest): boolean {
  const { action, resource } = request;
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  if (Action && !list(Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())))
    return false;
  if (NotAction && list(NotAction).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())))
    return false;
  if (Resource && !list(Resource).some((pattern) => like(pattern, resource))) return false;
  if (NotResource && list(NotResource).some((pattern) => like(pattern, resource))) return false;
  return Object.entries(Condition).every(([operator, lines]) =>
    Object.entries(lines).every(([key, wanted]) =>
      holds(operator, list(wanted as string | string[]), valuesOf(key, request)),
    ),
  );
}

function valuesOf(key: string, { conditionKeys, caller }: AuthorizationRequest): string[] {
  const { principal, accessKey } = caller;
  switch (key) {
    case 'aws:PrincipalTag/team':
      return principal.tags?.['team'] === undefined ? [] : [principal.tags['team']];
    case 'aws:PrincipalIsAWSService':
      return [String(principal.type === 'Service')];
    case 'aws:ViaAWSService':
      return [String(accessKey.viaService !== undefined)];
    default:
      return conditionKeys[key] ?? [];
  }
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
    case 'Bool':
      return some(equal);
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
