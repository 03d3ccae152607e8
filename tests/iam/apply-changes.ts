import type {
  AuthorizationRequest,
  NamedPolicy,
  PolicyDocument,
  PolicyStatement,
  SmallestChange,
} from '../../src/engine/iam/types.ts';

/** The same request after somebody has made these changes to the policies. */
export function withChanges(request: AuthorizationRequest, changes: SmallestChange[]): AuthorizationRequest {
  const of = (kind: SmallestChange['policy'], level?: number) =>
    changes.filter((change) => change.policy === kind && change.level === level);
  const { caller, resourcePolicy, callerAccount, resourceAccount } = request;
  const { principal, accessKey } = caller;
  const { serviceControlPolicies: service } = callerAccount ?? {};
  const { resourceControlPolicies: resource } = resourceAccount ?? {};
  return {
    ...request,
    ...(resourcePolicy && { resourcePolicy: changed(resourcePolicy, of('key policy')) }),
    caller: {
      ...caller,
      principal: {
        ...principal,
        policies: all(principal.policies, of('identity policy')),
        ...(principal.boundary && { boundary: all([principal.boundary], of('permissions boundary'))[0]! }),
      },
      accessKey: {
        ...accessKey,
        ...(accessKey.sessionPolicies && {
          sessionPolicies: all(accessKey.sessionPolicies, of('session policy')),
        }),
      },
    },
    ...(callerAccount && {
      callerAccount: {
        ...callerAccount,
        ...(service && {
          serviceControlPolicies: service.map((policies, level) =>
            all(policies, of('service control policy', level)),
          ),
        }),
      },
    }),
    ...(resourceAccount && {
      resourceAccount: {
        ...resourceAccount,
        ...(resource && {
          resourceControlPolicies: resource.map((policies, level) =>
            all(policies, of('resource control policy', level)),
          ),
        }),
      },
    }),
  };
}

function all(policies: readonly NamedPolicy[], changes: SmallestChange[]): NamedPolicy[] {
  const added = changes.filter(({ policyName }) => policyName === undefined);
  return [
    ...policies.map(({ name, document }) => ({
      name,
      document: changed(
        document,
        changes.filter(({ policyName }) => policyName === name),
      ),
    })),
    ...added.map(({ add }) => ({ name: 'new', document: { Version: '2012-10-17', Statement: add! } })),
  ];
}

function changed(document: PolicyDocument, changes: SmallestChange[]): PolicyDocument {
  const removed = changes.map(({ remove }) => remove);
  const kept = ([] as PolicyStatement[])
    .concat(document.Statement)
    .filter((_statement, index) => !removed.includes(index));
  return { ...document, Statement: [...kept, ...changes.flatMap(({ add }) => add ?? [])] };
}
