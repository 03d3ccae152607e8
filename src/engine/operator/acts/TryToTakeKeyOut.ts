import * as v from 'valibot';
import { act, ActRefused } from '../act.ts';
import { keyArn } from '../members.ts';
import { currentToken } from '../sealed-keys.ts';
import { counted } from '../words.ts';

/** Tries in earnest to get a key's material out of the module. */
export const TryToTakeKeyOut = act({
  input: v.strictObject({ act: v.literal('TryToTakeKeyOut'), keyArn }),
  async run({ keyArn }, { vault, hsm, commit }) {
    const result = await hsm.attemptExport({ token: currentToken(vault, keyArn) });
    if (!result.ok) {
      throw new ActRefused(
        result.refusal === 'MODULE_UNAVAILABLE'
          ? 'No module of this Region is in service, so there is no key to take out.'
          : 'The sealed key does not open under any domain key of the module.',
      );
    }
    const { attempts } = result;
    const through = attempts.filter(({ outcome }) => outcome === 'got-through').length;
    return commit(() => ({
      summary:
        `Of ${counted(attempts.length, 'attempt')} to take the key out, ${attempts.length - through} were refused` +
        (through > 0 ? ` and ${through} got through.` : '.'),
      attempts,
    }));
  },
});
