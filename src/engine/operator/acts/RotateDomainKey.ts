import * as v from 'valibot';
import { domainKeys } from '../../kms/domain-keys/records.ts';
import { resealAll } from '../../kms/domain-keys/reseal.ts';
import { rotateDomainKey } from '../../kms/domain-keys/rotate.ts';
import { act } from '../act.ts';
import { region } from '../members.ts';
import { refusedByModules } from '../refusal.ts';
import { counted } from '../words.ts';

/** The domain makes a new domain key, and every sealed key is sealed anew under it, all in one commit. */
export const RotateDomainKey = act({
  input: v.strictObject({ act: v.literal('RotateDomainKey'), region }),
  run: ({ region }, { commit, hsm, clock }) =>
    commit(async (transaction) => {
      const rotated = await rotateDomainKey({ transaction, time: clock.now() }, region, hsm);
      if (!rotated.ok) throw refusedByModules(rotated.refusal);
      const { resealed, unopened } = await resealAll(transaction, region, hsm);
      const { deactivated } = transaction.get(domainKeys, region)!;
      return {
        summary:
          `${region} has a new domain key, and ${counted(resealed, 'sealed key was', 'sealed keys were')} sealed anew under it; ` +
          `${counted(deactivated.length, 'older one is', 'older ones are')} kept.` +
          (unopened > 0
            ? ` ${counted(unopened, 'sealed key', 'sealed keys')} did not open under any domain key.`
            : ''),
      };
    }),
});
