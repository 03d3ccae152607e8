import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { isSigned, signStatement, statement } from '../agreement.ts';
import type { Bytes } from '../bytes.ts';
import type { OperatorRole, Quorum, QuorumCommand } from '../hsm.ts';
import type { StoredOperator } from '../store/domain-record.ts';
import { ruleFor, type MemberEntry, type Roster } from './roster.ts';

/** What operators are asked to sign. */
export interface Proposal {
  command: QuorumCommand;
  region: string;
  /** The token in force: with it they vouch for the state that the change starts from. */
  token: Uint8Array;
  /** Serial number of the module that leaves. */
  leaves: string;
  joins: MemberEntry;
}

export interface OperatorSignature {
  operator: string;
  signature: Bytes;
}

export function proposalStatement({ command, region, token, leaves, joins }: Proposal): Bytes {
  const { name, place, serialNumber, agreementKey, signingKey } = joins;
  const newcomer = [name, place, serialNumber, agreementKey, signingKey];
  return statement('change of members', command, region, sha256(token), leaves, ...newcomer);
}

/** Each signs once, with the token that they carry. */
export function signProposal(
  proposal: Proposal,
  signers: readonly StoredOperator[],
): Promise<OperatorSignature[]> {
  const bytes = proposalStatement(proposal);
  return Promise.all(
    signers.map(async ({ name, signing }) => ({
      operator: name,
      signature: await signStatement(signing, bytes),
    })),
  );
}

/**
 * A module holds signatures against the rule that it knows. Only good ones of operators that it knows count, and each
 * operator's once.
 * @returns how many more it would take, by role; `undefined`: they suffice
 */
export async function missingSignatures(
  knows: Roster,
  proposal: Proposal,
  signatures: readonly OperatorSignature[],
): Promise<Quorum | undefined> {
  const bytes = proposalStatement(proposal);
  const counts = await Promise.all(
    knows.operators.map(async ({ name, role, signingKey }) => {
      const own = signatures.find(({ operator }) => operator === name);
      return own && (await isSigned(hexToBytes(signingKey), bytes, own.signature)) ? role : undefined;
    }),
  );
  const needs = Object.entries(ruleFor(knows, proposal.command).needs) as [OperatorRole, number][];
  const missing = needs
    .map(([role, count]) => [role, count - counts.filter((one) => one === role).length] as const)
    .filter(([, count]) => count > 0);
  return missing.length > 0 ? Object.fromEntries(missing) : undefined;
}
