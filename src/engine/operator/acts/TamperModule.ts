import * as v from 'valibot';
import { act } from '../act.ts';
import { member, region } from '../members.ts';
import { failModules } from '../modules.ts';

/** Somebody opens a module's case: it zeroises itself (FIPS 140-3 Level 3, tamper response). */
export const TamperModule = act({
  input: v.strictObject({ act: v.literal('TamperModule'), region, member }),
  run: ({ region, member }, desk) =>
    failModules({ region, members: [member], how: 'tamper' }, 'was opened and has zeroised itself', desk),
});
