import type { DecidingRule, Grant } from '../types.ts';
import { evaluationOrder } from './evaluation-order.ts';
import { serviceControlLevels } from './applicable.ts';
import { ownSide, type OwnSide } from './own-side.ts';
import type { Question } from './question.ts';
import { allows, type Assessed } from './statement.ts';
import { better, isBetweenAccounts, wayInByGrant, wayInByKeyPolicy, type WayIn } from './ways-in.ts';

export interface Verdict {
  rule: DecidingRule;
  /** The statement that decided. */
  by?: Assessed | undefined;
  /** The grant that decided, or that would have if the caller's own account had allowed it. */
  grant?: Grant | undefined;
  /** Level of the organization at which nothing allows the request. */
  level?: number;
}

/** The combining rule (IAM User Guide, "Policy evaluation logic"): a Deny anywhere wins; then all who must allow it have to. */
export function verdict(assessed: readonly Assessed[], question: Question): Verdict {
  const [deny] = matchedDenies(assessed);
  if (deny) return { rule: `explicit-deny-in-${kebab(deny.source.policy)}`, by: deny };
  const [level] = closedLevels(assessed, question);
  if (level !== undefined) return { rule: 'no-service-control-policy-allows', level };

  const own = ownSide(assessed, question);
  const keyPolicy = wayInByKeyPolicy(assessed, question);
  if (keyPolicy && own.lacking[keyPolicy.reach].length === 0) return allowed(keyPolicy, own, question);
  const granted = wayInByGrant(question);
  if (granted && own.lacking[granted.reach].length === 0) {
    const by = granted.reach === 'delegated' ? own.identity : undefined;
    return { rule: 'allowed-by-grant', by, grant: granted.grant };
  }
  const entry = better(keyPolicy, granted);
  const lacking = entry && own.lacking[entry.reach][0];
  return lacking
    ? { rule: `no-${kebab(lacking)}-allows`, grant: entry.grant }
    : { rule: 'no-key-policy-allows' };
}

function allowed({ reach, by }: WayIn, { identity }: OwnSide, question: Question): Verdict {
  if (!question.request.resourcePolicy) return { rule: 'allowed-by-identity-policy', by: identity };
  if (isBetweenAccounts(question)) return { rule: 'allowed-by-both-accounts', by: identity ?? by };
  return reach === 'delegated'
    ? { rule: 'allowed-by-identity-policy-through-root-delegation', by: identity }
    : { rule: 'allowed-by-key-policy', by };
}

/** Statements that deny the request, the one that a refusal speaks of first. */
export function matchedDenies(assessed: readonly Assessed[]): Assessed[] {
  const rank = ({ source }: Assessed) => evaluationOrder.indexOf(source.policy);
  return assessed
    .filter(({ matched, placed }) => matched && placed.statement.Effect === 'Deny')
    .sort((one, other) => rank(one) - rank(other));
}

/** Levels of the caller's organization at which no service control policy allows the request. */
export function closedLevels(assessed: readonly Assessed[], question: Question): number[] {
  const isOpen = (level: number) =>
    assessed.some((one) => one.source.level === level && allows(one, 'service control policy'));
  const levels = serviceControlLevels(question.request).map((_policies, level) => level);
  return levels.filter((level) => !isOpen(level));
}

type Kebab<Text extends string> = Text extends `${infer First} ${infer Rest}`
  ? `${First}-${Kebab<Rest>}`
  : Text;

function kebab<Text extends string>(text: Text): Kebab<Text> {
  return text.replaceAll(' ', '-') as Kebab<Text>;
}
