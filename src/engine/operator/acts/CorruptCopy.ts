import * as v from 'valibot';
import { tokens } from '../../kms/tokens.ts';
import { act, ActRefused } from '../act.ts';
import { keyArn, materialId, zone } from '../members.ts';
import { sealedKeyOf } from '../sealed-keys.ts';

/** One bit of a copy turns over, as on a failing disk; its checksum stays. */
export const CorruptCopy = act({
  input: v.strictObject({ act: v.literal('CorruptCopy'), zone, keyArn, materialId }),
  run: ({ zone, keyArn, materialId }, { commit, randomness }) =>
    commit((transaction) => {
      const key = sealedKeyOf(transaction, keyArn, materialId);
      const copy = tokens.copies(transaction, key).find((other) => other.zone === zone)!;
      if (copy.state === 'missing') throw new ActRefused(`Zone ${zone} holds no copy of this sealed key.`);
      const [high = 0, low = 0, which = 0] = randomness.bytes(3);
      const position = ((high << 8) | low) % copy.value.sealed.length;
      const bit = which % 8;
      tokens.damage(transaction, key, zone, (token) => {
        const sealed = token.sealed.slice();
        sealed[position]! ^= 1 << bit;
        return { ...token, sealed };
      });
      return {
        summary: `Bit ${bit} of byte ${position} has turned over in zone ${zone}’s copy of the sealed key.`,
      };
    }),
});
