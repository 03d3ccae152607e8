import * as v from 'valibot';
import type { MemberView, OperatorView, QuorumCommand } from '../hsm.ts';

/**
 * Who belongs to a domain, and who may order what in it (AWS KMS Cryptographic Details, "Domains and domain state").
 * It stands in the domain token, and each member keeps the one it last accepted. Public keys are DER
 * SubjectPublicKeyInfo, in hex digits.
 */

export const roleSchema = v.picklist(['KMS operator', 'security officer']);

const quorumSchema = v.strictObject({
  'KMS operator': v.exactOptional(v.number()),
  'security officer': v.exactOptional(v.number()),
});

export const rosterSchema = v.strictObject({
  members: v.array(
    v.strictObject({
      name: v.string(),
      place: v.picklist(['a', 'b', 'c', 'safe']),
      serialNumber: v.string(),
      /** ECDH P-384. */
      agreementKey: v.string(),
      /** ECDSA P-384. */
      signingKey: v.string(),
    }),
  ),
  /** `signingKey`: ECDSA P-384, of the token that the operator carries. */
  operators: v.array(v.strictObject({ name: v.string(), role: roleSchema, signingKey: v.string() })),
  rules: v.array(
    v.strictObject({
      command: v.picklist(['replace a module', 'replace a module from the safe']),
      needs: quorumSchema,
    }),
  ),
});

export type Roster = v.InferOutput<typeof rosterSchema>;
export type MemberEntry = Roster['members'][number];
export type OperatorEntry = Roster['operators'][number];
export type Rule = Roster['rules'][number];

/** Where the modules of a new domain stand: one a zone, and one without power in a safe. */
export const places: readonly Pick<MemberView, 'name' | 'place'>[] = [
  { name: 'hsm-a', place: 'a' },
  { name: 'hsm-b', place: 'b' },
  { name: 'hsm-c', place: 'c' },
  { name: 'hsm-offline', place: 'safe' },
];

/** The people of a new domain; the same in every Region. */
export const people: readonly OperatorView[] = [
  { name: 'Ines', role: 'KMS operator' },
  { name: 'Jonas', role: 'KMS operator' },
  { name: 'Kofi', role: 'KMS operator' },
  { name: 'Lena', role: 'security officer' },
  { name: 'Mateo', role: 'security officer' },
];

/**
 * Whose signatures a change of members needs. That the safe takes one of each team is AWS's; its rule for other days is
 * not public, and this one is ours.
 */
export const rules: Rule[] = [
  { command: 'replace a module', needs: { 'KMS operator': 2 } },
  { command: 'replace a module from the safe', needs: { 'KMS operator': 1, 'security officer': 1 } },
];

export function ruleFor(roster: Roster, command: QuorumCommand): Rule {
  const rule = roster.rules.find((one) => one.command === command);
  if (rule === undefined) throw new TypeError(`The domain has no rule for: ${command}.`);
  return rule;
}
