import type { Step } from '../../trace/trace.ts';
import type { Quorum, QuorumCommand } from '../hsm.ts';
import { made, read, step, wall } from '../steps.ts';
import type { StoredMember } from '../store/domain-record.ts';
import type { OperatorSignature } from './quorum.ts';
import type { MemberEntry } from './roster.ts';

/** What a domain's modules say of changes to it. */

export function tokenWritten({ name }: StoredMember, token: Uint8Array): Step {
  return step(
    'The module writes and signs a new domain token.',
    [read('Module', name)],
    [made('Domain token', token)],
  );
}

export function tokenAccepted(names: readonly string[]): Step {
  return step('Each module in service verifies the token, and takes the domain keys from it.', [
    read('Modules', [...names]),
  ]);
}

export function proposed(
  { name, serialNumber }: MemberEntry,
  signatures: readonly OperatorSignature[],
): Step {
  return step(
    'Operators sign that a new module may join.',
    [read('Module', name), read('Serial number', serialNumber)],
    signatures.map(({ operator, signature }) => made(`Signature of ${operator}`, signature)),
  );
}

export function enough({ name }: StoredMember, command: QuorumCommand): Step {
  return step('The signatures satisfy the rule of the domain.', [
    read('Module', name),
    read('Command', command),
  ]);
}

export function tooFew({ name }: StoredMember, command: QuorumCommand, missing: Quorum): Step {
  return wall('The signatures do not satisfy the rule of the domain.', [
    read('Module', name),
    read('Command', command),
    read('Missing', { ...missing }),
  ]);
}
