import * as v from 'valibot';
import { tokens } from '../../kms/tokens.ts';
import { firstGood } from '../../vault/zones.ts';
import { act, ActRefused } from '../act.ts';
import { sealedKeys } from '../sealed-keys.ts';
import { counted } from '../words.ts';

/** Every copy is held against its checksum; what is bad or missing is made anew from a good one. */
export const RepairCopies = act({
  input: v.strictObject({ act: v.literal('RepairCopies') }),
  run: (_input, { commit }) =>
    commit((transaction) => {
      const found = { keys: 0, missing: 0, corrupt: 0, lost: 0 };
      for (const key of sealedKeys(transaction)) {
        found.keys++;
        const copies = tokens.copies(transaction, key);
        const good = firstGood(copies);
        if (!good) found.lost++;
        else {
          for (const { state } of copies) if (state !== 'good') found[state]++;
          tokens.mend(transaction, key, good.value);
        }
      }
      const mended = found.missing + found.corrupt;
      if (mended === 0 && found.lost > 0) {
        throw new ActRefused(
          `No good copy is left of ${counted(found.lost, 'sealed key')}, so there is nothing to repair from.`,
        );
      }
      return { summary: summaryOf(found, mended) };
    }),
});

function summaryOf(
  { keys, missing, corrupt, lost }: { keys: number; missing: number; corrupt: number; lost: number },
  mended: number,
): string {
  const lostOnes = lost === 0 ? '' : ` Of ${counted(lost, 'other')} no good copy is left.`;
  if (mended === 0) return `All copies of ${counted(keys, 'sealed key')} match their checksums.`;
  return `${counted(mended, 'copy was', 'copies were')} made anew, ${missing} missing and ${corrupt} corrupt.${lostOnes}`;
}
