import type { AuthorizationRequest, Grant } from '../types.ts';
import { capital, levelInWords, statementInWords } from './in-words.ts';
import type { Verdict } from './verdict.ts';

/** Why, in one plain sentence. */
export function explain({ rule, by, grant, level }: Verdict, request: AuthorizationRequest): string {
  const { action, caller, resourceAccountId } = request;
  const who = caller.principal.name;
  const { accountId } = caller.principal;
  const statement = by ? statementInWords(by) : '';
  switch (rule) {
    case 'explicit-deny-in-key-policy':
    case 'explicit-deny-in-identity-policy':
    case 'explicit-deny-in-permissions-boundary':
    case 'explicit-deny-in-session-policy':
    case 'explicit-deny-in-service-control-policy':
    case 'explicit-deny-in-resource-control-policy':
      return `${capital(statement)} denies ${action} to ${who}, and a Deny wins over every Allow.`;
    case 'allowed-by-key-policy':
      return `${capital(statement)} allows ${action} to ${who} directly.`;
    case 'allowed-by-identity-policy-through-root-delegation':
      return (
        `The key policy leaves the choice to account ${resourceAccountId}'s identity policies, ` +
        `and ${statement} allows ${action} to ${who}.`
      );
    case 'allowed-by-identity-policy':
      return statement
        ? `${capital(statement)} allows ${action} to ${who}; no key policy has a say in this action.`
        : `The root user of account ${accountId} may do everything in it.`;
    case 'allowed-by-both-accounts':
      return (
        `The key policy of account ${resourceAccountId} lets ${who} of account ${accountId} in, ` +
        `and that account allows ${action} too.`
      );
    case 'allowed-by-grant':
      return statement
        ? `${grantInWords(grant)} allows ${action} to account ${accountId}, and ${statement} allows it to ${who}.`
        : `${grantInWords(grant)} allows ${action} to ${who}.`;
    case 'no-service-control-policy-allows':
      return `No service control policy at ${levelInWords(level ?? 0)} allows ${action} to account ${accountId}.`;
    case 'no-permissions-boundary-allows':
      return `The permissions boundary of ${who} does not allow ${action}, whatever other policies allow.`;
    case 'no-session-policy-allows':
      return `The session of ${who} was made with session policies, and none of them allows ${action}.`;
    case 'no-key-policy-allows':
      return caller.principal.type === 'Service'
        ? `No statement of the key policy allows ${action} to ${who}.`
        : `No statement of the key policy allows ${action} to ${who} or to the account of ${who}.`;
    case 'no-identity-policy-allows':
      if (!request.resourcePolicy) return `No identity policy of ${who} allows ${action}.`;
      return (
        `${grant ? grantInWords(grant) : 'The key policy'} leaves the choice to the identity policies of ${who}'s account, ` +
        `and none allows ${action}.`
      );
  }
}

function grantInWords(grant: Grant | undefined): string {
  return grant?.name === undefined ? `Grant ${grant?.grantId.slice(0, 8)}…` : `Grant "${grant.name}"`;
}

/** AWS's AccessDeniedException message (IAM User Guide, "Troubleshoot access denied error messages"). */
export function refusal({ rule }: Verdict, { caller, action, resource }: AuthorizationRequest): string {
  return `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${because(rule, action)}`;
}

function because(rule: Verdict['rule'], action: string): string {
  const [, denying] = /^explicit-deny-in-(.*)$/.exec(rule) ?? [];
  const [, silent = ''] = /^no-(.*)-allows$/.exec(rule) ?? [];
  if (denying === undefined) return `because no ${awsName(silent)} allows the ${action} action`;
  const name = awsName(denying);
  return `with an explicit deny in ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** What AWS calls a kind of policy in its messages. */
function awsName(kind: string): string {
  const names: Record<string, string> = {
    'key-policy': 'resource-based policy',
    'identity-policy': 'identity-based policy',
  };
  return names[kind] ?? kind.replaceAll('-', ' ');
}
