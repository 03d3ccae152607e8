import type { AuthorizationRequest, DecidingRule } from '../types.ts';
import type { Placed } from './clauses.ts';

/** Why, in one plain sentence. `by` is the statement that decided. */
export function explain(rule: DecidingRule, request: AuthorizationRequest, by: Placed | undefined): string {
  const { action, caller, resourceAccountId } = request;
  const who = caller.principal.name;
  const statement = by ? named(by) : '';
  switch (rule) {
    case 'explicit-deny-in-key-policy':
    case 'explicit-deny-in-identity-policy':
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
        : `The root user of account ${caller.principal.accountId} may do everything in it.`;
    case 'allowed-by-both-accounts':
      return (
        `The key policy of account ${resourceAccountId} lets ${who} of account ${caller.principal.accountId} in, ` +
        `and that account allows ${action} too.`
      );
    case 'no-key-policy-allows':
      return `No statement of the key policy allows ${action} to ${who} or to the account of ${who}.`;
    case 'no-identity-policy-allows':
      return request.resourcePolicy
        ? `The key policy leaves the choice to the identity policies of ${who}'s account, and none allows ${action}.`
        : `No identity policy of ${who} allows ${action}.`;
  }
}

/** AWS's AccessDeniedException message (IAM User Guide, "Troubleshoot access denied error messages"). */
export function refusal(rule: DecidingRule, { caller, action, resource }: AuthorizationRequest): string {
  const because = {
    'explicit-deny-in-key-policy': 'with an explicit deny in a resource-based policy',
    'explicit-deny-in-identity-policy': 'with an explicit deny in an identity-based policy',
    'no-key-policy-allows': `because no resource-based policy allows the ${action} action`,
  };
  const reason =
    rule in because
      ? because[rule as keyof typeof because]
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

function named({ policy, policyName, statement, index }: Placed): string {
  const which = statement.Sid === undefined ? `statement ${index + 1}` : `statement "${statement.Sid}"`;
  return policy === 'key policy'
    ? `${which} of the key policy`
    : `${which} of identity policy "${policyName}"`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
