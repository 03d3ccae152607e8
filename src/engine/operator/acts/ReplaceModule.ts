import * as v from 'valibot';
import { act } from '../act.ts';
import { member, names, region } from '../members.ts';
import { domainOf, whatIsLeft } from '../modules.ts';
import { refusedByModules } from '../refusal.ts';
import { counted, listed } from '../words.ts';

/**
 * A new module takes a lost one's place: operators sign, a member that holds the domain keys (an offline one, if no
 * other is left) writes a new domain token for it.
 */
export const ReplaceModule = act({
  input: v.strictObject({
    act: v.literal('ReplaceModule'),
    region,
    member,
    /** Names of operators. */
    signers: names,
  }),
  async run({ region, member, signers }, { hsm, commit }) {
    const result = await hsm.replaceMember({ region, member, signers });
    if (!result.ok) throw refusedByModules(result.refusal);
    const after = await domainOf(hsm, region);
    const from = result.fetched ? 'the offline module, fetched from its safe,' : 'a module in service';
    return commit(() => ({
      summary:
        `A new module ${result.serialNumber} stands in for ${member} of ${region}: ${counted(signers.length, 'operator')} ` +
        `(${listed(signers)}) signed, and ${from} wrote domain token ${after.token.generation} for it; ${whatIsLeft(after)}.`,
    }));
  },
});
