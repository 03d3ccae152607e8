import type { KeyStock } from '../../src/engine/hsm/fleet/workshop.ts';

const keys = new Map<string, ReturnType<KeyStock>>();

/** Lets all modules of one test file have the same members' and operators' keys: making them takes long. */
export const sharedKeys: KeyStock = (label, make) => {
  const key = keys.get(label) ?? make();
  keys.set(label, key);
  return key;
};
