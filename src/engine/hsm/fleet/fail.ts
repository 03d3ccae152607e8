import { read, step } from '../steps.ts';
import type { StoredDomain, StoredMember } from '../store/domain-record.ts';
import { unchanged, type Change } from './change.ts';

/**
 * Modules fail: nothing is left in their memory, and their own keys are gone. For a module in its safe, which has no
 * power to lose, it means that it is destroyed.
 */
export function fail(
  domain: StoredDomain,
  { members: names, how }: { members: readonly string[]; how: 'power' | 'tamper' },
): Change<object> {
  const unknown = names.find((name) => !domain.members.some((member) => member.name === name));
  if (unknown !== undefined) return unchanged({ reason: 'UNKNOWN_MEMBER', member: unknown });
  const works = ({ state }: StoredMember) => state === 'in-service' || state === 'offline';
  const members = domain.members.map((member): StoredMember => {
    if (!works(member) || !names.includes(member.name)) return member;
    const { keys: _gone, ...rest } = member;
    return { ...rest, state: how === 'power' ? 'lost' : 'tampered' };
  });
  const anyInService = members.some(({ state }) => state === 'in-service');
  const title =
    how === 'power'
      ? 'Modules lose their power, and all that is in them.'
      : 'A case is opened, and the module zeroises itself.';
  return {
    ok: true,
    next: { ...domain, members, legacy: anyInService ? domain.legacy : [] },
    output: {},
    steps: [step(title, [read('Modules', [...names])])],
  };
}
