import type { PolicyStatement, SmallestChange } from '../types.ts';
import { levelInWords, policyInWords, statementInWords } from './in-words.ts';
import { ownSide, type OwnKind } from './own-side.ts';
import type { Question } from './question.ts';
import type { Assessed } from './statement.ts';
import { serviceControlLevels } from './applicable.ts';
import { closedLevels, matchedDenies } from './verdict.ts';
import { better, isBetweenAccounts, wayInByGrant, wayInByKeyPolicy, type Reach } from './ways-in.ts';

/**
 * The fewest changes of policies under which a refused request would have been allowed: each Deny goes, and each
 * policy that has to allow it does, by a statement for this action, this resource and this principal alone.
 * Where somebody has been let in half the way, the changes go on from there.
 */
export function smallestChanges(assessed: readonly Assessed[], question: Question): SmallestChange[] {
  const own = ownSide(assessed, question);
  const entry = better(wayInByKeyPolicy(assessed, question), wayInByGrant(question));
  const reach = entry?.reach ?? reachOnceNamed(question);
  const changes = [
    ...matchedDenies(assessed).map((deny) => withoutDeny(deny, question)),
    ...closedLevels(assessed, question).map((level) => openLevel(level, question)),
    ...(entry ? [] : [nameInKeyPolicy(question)]),
    ...own.lacking[reach].map((kind) => allowInOwn(kind, question)),
  ];
  return changes.every((change) => isPossible(change, question)) ? changes : [];
}

/** Nobody changes the policy of an AWS managed key, and a service has no policies of its own. */
function isPossible({ policy }: SmallestChange, { request }: Question): boolean {
  if (policy === 'key policy') return request.resourcePolicy !== undefined && !request.isAwsManagedKey;
  return policy !== 'identity policy' || request.caller.principal.type !== 'Service';
}

function withoutDeny(deny: Assessed, { action, caller }: Question): SmallestChange {
  const { policy, policyName, level } = deny.source;
  return {
    sentence:
      `Remove ${statementInWords(deny)}, or narrow it so that it does not cover ` +
      `${action} by ${caller.principal.name}.`,
    policy,
    policyName,
    ...(level !== undefined && { level }),
    remove: deny.placed.index,
  };
}

function openLevel(level: number, question: Question): SmallestChange {
  const policy = 'service control policy';
  const [existing] = serviceControlLevels(question.request)[level] ?? [];
  const what = `allows ${question.action} on ${question.resource}`;
  return {
    sentence: existing
      ? `Add a statement to ${policyInWords({ policy, policyName: existing.name, level })} that ${what}.`
      : `Attach a service control policy at ${levelInWords(level)} that ${what}.`,
    policy,
    ...(existing && { policyName: existing.name }),
    level,
    add: allow(question),
  };
}

function nameInKeyPolicy({ action, caller }: Question): SmallestChange {
  const { type, name, arn, accountId } = caller.principal;
  const whom = type === 'Root' ? `account ${accountId}` : name;
  return {
    sentence: `Add a statement to the key policy that allows ${action} to ${whom}.`,
    policy: 'key policy',
    policyName: 'default',
    add: {
      Effect: 'Allow',
      Principal: type === 'Service' ? { Service: name } : { AWS: arn },
      Action: action,
      Resource: '*',
    },
  };
}

/** How far the statement goes that `nameInKeyPolicy` adds. */
function reachOnceNamed(question: Question): Reach {
  if (isBetweenAccounts(question)) return 'delegated';
  return question.caller.principal.type === 'Role' || question.caller.accessKey.sessionPolicies
    ? 'limited'
    : 'free';
}

function allowInOwn(policy: OwnKind, question: Question): SmallestChange {
  const { principal, accessKey } = question.caller;
  const existing = {
    'identity policy': principal.policies[0],
    'permissions boundary': principal.boundary,
    'session policy': accessKey.sessionPolicies?.[0],
  }[policy];
  const what = `allows ${question.action} on ${question.resource}`;
  return {
    sentence: existing
      ? `Add a statement to ${policyInWords({ policy, policyName: existing.name })} of ${principal.name} that ${what}.`
      : `Give ${principal.name} an identity policy that ${what}.`,
    policy,
    ...(existing && { policyName: existing.name }),
    add: allow(question),
  };
}

function allow({ action, resource }: Question): PolicyStatement {
  return { Effect: 'Allow', Action: action, Resource: resource };
}
