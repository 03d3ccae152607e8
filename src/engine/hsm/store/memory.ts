import { requireSameModule, type Founding, type HsmStore, type Secret } from './store.ts';

/**
 * A store that forgets with its process.
 * @param initial keys to start with, by name
 */
export function memoryHsmStore(initial: ReadonlyMap<string, Secret> = new Map()): HsmStore {
  const secrets = new Map(initial);
  let founding: Founding | undefined;
  let starts = 0;
  return {
    durability: 'memory',
    async start(candidate) {
      founding ??= candidate;
      starts++;
      return { founding, starts, secrets: new Map(secrets) };
    },
    async establish(moduleId, name, make) {
      const candidate = secrets.get(name) ?? (await make(false));
      requireSameModule(founding, moduleId);
      const kept = secrets.get(name) ?? candidate;
      secrets.set(name, kept);
      return kept;
    },
    async refound(next) {
      founding = next;
      starts = 1;
      secrets.clear();
    },
    close() {},
  };
}
