import type { DomainView, OperatorRole, QuorumCommand } from '$engine/hsm/hsm.ts';
import { isServing } from '../domain/condition.ts';

/** How far signatures go towards a rule. */
export interface Tally {
  command: QuorumCommand;
  roles: { role: OperatorRole; needed: number; signed: number }[];
  met: boolean;
}

/**
 * Which rule holds for replacing a module now, and how far these signers go towards it. The module decides for itself;
 * this is what the picture expects of it.
 */
export function tallyOf(
  { members, operators, rules }: Pick<DomainView, 'members' | 'operators' | 'rules'>,
  signers: readonly string[],
): Tally {
  const command = members.some(isServing) ? 'replace a module' : 'replace a module from the safe';
  const needs = rules.find((rule) => rule.command === command)?.needs ?? {};
  const roles = (Object.entries(needs) as [OperatorRole, number][]).map(([role, needed]) => ({
    role,
    needed,
    signed: operators.filter((operator) => operator.role === role && signers.includes(operator.name)).length,
  }));
  return { command, roles, met: roles.every(({ needed, signed }) => signed >= needed) };
}
