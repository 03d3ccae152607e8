import type { Stock } from '../../src/engine/hsm/fleet/workshop.ts';

const things = new Map<string, Promise<unknown>>();

/** Lets all modules of one test file have the same domains, members and operators: making them takes long. */
export const stock: Stock = <Thing>(label: string, make: () => Promise<Thing>) => {
  const thing = (things.get(label) as Promise<Thing> | undefined) ?? make();
  things.set(label, thing);
  return thing;
};

/** Lets them share members and operators, where what their domains hold is what is tested. */
export const membersStock: Stock = (label, make) =>
  / key$|^operator /.test(label) ? stock(label, make) : make();
