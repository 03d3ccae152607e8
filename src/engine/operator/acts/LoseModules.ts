import * as v from 'valibot';
import { act } from '../act.ts';
import { names, region } from '../members.ts';
import { failModules } from '../modules.ts';

/** Modules lose their power, and with it all that is in them. */
export const LoseModules = act({
  input: v.strictObject({
    act: v.literal('LoseModules'),
    region,
    members: v.pipe(names, v.nonEmpty('must name a module')),
  }),
  run: ({ region, members }, desk) =>
    failModules(
      { region, members, how: 'power' },
      members.length === 1 ? 'has lost its power' : 'have lost their power',
      desk,
    ),
});
