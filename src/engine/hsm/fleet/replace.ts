import type { QuorumCommand } from '../hsm.ts';
import type { StoredDomain, StoredMember } from '../store/domain-record.ts';
import { authorIn, nextToken, stateOf, unchanged, type Change } from './change.ts';
import { readToken } from './domain-token.ts';
import { afterAccepting } from './member.ts';
import { entryOf, newModule } from './new-module.ts';
import { missingSignatures, signProposal } from './quorum.ts';
import { ruleFor, type MemberEntry, type Roster } from './roster.ts';
import { enough, proposed, tokenWritten, tooFew } from './steps.ts';
import type { Workshop } from './workshop.ts';

/**
 * A new module takes the place of one that has failed (AWS KMS Cryptographic Details, "Managing domain state"): the
 * token in force is loaded into a member, operators sign the change, the member holds their signatures against the
 * domain's rule and puts out the next token, which all members take.
 */
export async function replace(
  domain: StoredDomain,
  workshop: Workshop,
  { member: name, signers }: { member: string; signers: readonly string[] },
): Promise<Change<{ serialNumber: string; fetched: boolean }>> {
  const { region, token } = domain;
  const leaving = domain.members.find((member) => member.name === name);
  if (leaving === undefined) return unchanged({ reason: 'UNKNOWN_MEMBER', member: name });
  if (leaving.keys !== undefined) return unchanged({ reason: 'MEMBER_IN_SERVICE', member: name });
  const operators = domain.operators.filter((operator) => signers.includes(operator.name));
  const unknown = signers.find((signer) => !operators.some((operator) => operator.name === signer));
  if (unknown !== undefined) return unchanged({ reason: 'UNKNOWN_OPERATOR', operator: unknown });
  const inService = authorIn(domain);
  const author = inService ?? domain.members.find(({ state }) => state === 'offline');
  if (author === undefined) return unchanged({ reason: 'DOMAIN_LOST', region });

  const fetched = author !== inService;
  const command: QuorumCommand = fetched ? 'replace a module from the safe' : 'replace a module';
  const module = await newModule(workshop, leaving);
  const proposal = { command, region, token, leaves: leaving.serialNumber, joins: entryOf(module) };
  const signatures = await signProposal(proposal, operators);
  const steps = [proposed(proposal.joins, signatures)];
  const missing = await missingSignatures(author.knows, proposal, signatures);
  if (missing !== undefined) {
    const { needs } = ruleFor(author.knows, command);
    steps.push(tooFew(author, command, missing));
    return unchanged({ reason: 'NOT_ENOUGH_SIGNATURES', command, needs, missing }, steps);
  }
  steps.push(enough(author, command));

  const state = stateOf(domain);
  const roster = rosterWith(state.roster, proposal.joins);
  const next = await nextToken(domain, author, workshop, { roster });
  steps.push(tokenWritten(author, next));
  const nextState = readToken(next)!;
  const newcomer: StoredMember = {
    ...module,
    state: module.place === 'safe' ? 'offline' : 'in-service',
    // Prepared for this domain: it knows the roster that the quorum has vouched for, with the one who writes to it.
    ...{ generation: state.generation, knows: state.roster },
  };
  const members = domain.members.map((member) => {
    if (member === leaving) return newcomer;
    return fetched && member === author ? afterAccepting(author, nextState) : member;
  });
  const output = { serialNumber: module.serialNumber, fetched };
  return { ok: true, next: { ...domain, token: next, members }, output, steps };
}

function rosterWith(roster: Roster, entry: MemberEntry): Roster {
  const members = roster.members.map((member) => (member.name === entry.name ? entry : member));
  return { ...roster, members };
}
