import { evaluationOrder } from '$engine/iam/evaluation/evaluation-order.ts';
import type { GrantFinding, PolicyKind, StatementFinding } from '$engine/iam/types.ts';
import type { ShownDecision } from './decision.ts';

/** One statement or grant that was weighed. */
export type Weighed = { decided: boolean; matched: boolean } & (
  | { kind: 'statement'; finding: StatementFinding }
  | { kind: 'grant'; finding: GrantFinding }
);

export type StageName = 'deny' | PolicyKind | 'grants';

/** One question on the way to a decision, with all that has a say in it. */
export interface Stage {
  name: StageName;
  /** Level of the organization, from 0, its root: each has to allow. */
  level?: number;
  weighed: Weighed[];
  /**
   * `stops`: here the request was refused. `allows`: something here lets it through. `delegates`: it leaves the choice
   * to the caller's account. `silent`: nothing here says anything. `overruled`: a Deny has ended it before.
   */
  outcome: 'stops' | 'allows' | 'delegates' | 'silent' | 'overruled';
  /** What decided stands here, or is missing here. */
  decides: boolean;
}

/**
 * A decision in the order in which it is made: a Deny anywhere stops the request; then each kind of policy that has
 * a say is looked at for an Allow (`iam/evaluation/verdict.ts`; IAM User Guide, "Policy evaluation logic"). Kinds
 * without any policy are left out; the question after a Deny is always asked.
 */
export function stagesOf(decision: ShownDecision): Stage[] {
  const { statements, grants, decidedBy, decidedByGrant } = decision;
  const weighed = statements.map((finding, index) => ({
    ...{ kind: 'statement' as const, finding, matched: finding.matched, decided: index === decidedBy },
  }));
  const allowing = weighed.filter(({ finding }) => finding.effect === 'Allow');
  const denying = weighed.filter(({ finding }) => finding.effect === 'Deny');
  const stages = [stageOf('deny', denying, decision)];
  for (const kind of evaluationOrder) {
    const ofKind = allowing.filter(({ finding }) => finding.policy === kind);
    const levels = levelsOf(ofKind);
    // What is missing altogether may be what decided.
    const isAsked = kind === 'identity policy' && stages.some(({ outcome }) => outcome === 'delegates');
    if (levels.length === 0 && (isAsked || decision.rule === silentRule(kind))) levels.push(undefined);
    for (const level of levels) {
      const here = ofKind.filter(({ finding }) => finding.level === level);
      stages.push({ ...stageOf(kind, here, decision), ...(level !== undefined && { level }) });
    }
  }
  if (grants.length > 0) {
    const granted = grants.map((finding) => ({
      ...{ kind: 'grant' as const, finding, matched: finding.matched },
      decided: finding.grantId === decidedByGrant,
    }));
    stages.push(stageOf('grants', granted, decision));
  }
  const [deny, ...others] = stages;
  return deny?.outcome === 'stops'
    ? [deny, ...others.map((stage) => ({ ...stage, outcome: 'overruled' as const }))]
    : stages;
}

function stageOf(name: StageName, weighed: Weighed[], { rule }: ShownDecision): Stage {
  const matching = weighed.filter(({ matched }) => matched);
  const isMissing = rule === silentRule(name) && matching.length === 0;
  const decides = isMissing || weighed.some(({ decided }) => decided);
  return { name, weighed, outcome: isMissing ? 'stops' : outcomeOf(name, matching), decides };
}

function outcomeOf(name: StageName, matching: readonly Weighed[]): Stage['outcome'] {
  if (matching.length === 0) return 'silent';
  if (name === 'deny') return 'stops';
  return name === 'key policy' && matching.every(leavesChoice) ? 'delegates' : 'allows';
}

const account = /^\d{12}$|^arn:[^:]+:iam::\d{12}:root$/;

/** The statement names accounts alone, and the caller is no root user. */
function leavesChoice({ kind, finding }: Weighed): boolean {
  if (kind !== 'statement') return false;
  const principal = finding.clauses.find(({ clause }) => clause === 'Principal');
  const { wanted, found } = principal ?? {};
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return false;
  const named = Object.values(wanted).flat();
  const isAccount = (one: unknown): boolean => typeof one === 'string' && account.test(one);
  return named.length > 0 && named.every(isAccount) && !isAccount(found);
}

/** The rule by which a request is refused because no policy of this kind allows it. */
function silentRule(name: StageName): string {
  return `no-${name.replaceAll(' ', '-')}-allows`;
}

function levelsOf(weighed: readonly { finding: StatementFinding }[]): (number | undefined)[] {
  const levels = [...new Set(weighed.map(({ finding }) => finding.level))];
  return levels.sort((one, other) => (one ?? 0) - (other ?? 0));
}

/** All that was weighed, in the order of the stages; what the walk goes through. */
export function walkOf(stages: readonly Stage[]): Weighed[] {
  return stages.flatMap(({ weighed }) => weighed);
}

/** Where the walk's deciding statement or grant stands; −1 where what decided is that there is none. */
export function decidingIn(walk: readonly Weighed[]): number {
  return walk.findIndex(({ decided }) => decided);
}
