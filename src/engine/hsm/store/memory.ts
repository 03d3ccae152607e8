import { isNext, requireSameModule, type Founding, type HsmStore, type Kept, type Staged } from './store.ts';

/**
 * A store that forgets with its process.
 * @param initial what to start with
 */
export function memoryHsmStore(initial: Partial<Pick<Kept, 'secrets' | 'domains'>> = {}): HsmStore {
  const secrets = new Map(initial.secrets);
  const domains = new Map(initial.domains);
  let founding: Founding | undefined;
  let starts = 0;
  let staged: Staged | undefined;
  return {
    durability: 'memory',
    keepsBytes: false,
    async start(candidate) {
      founding ??= candidate;
      starts++;
      return { founding, starts, secrets: new Map(secrets), domains: new Map(domains) };
    },
    async establish(moduleId, name, make) {
      const candidate = secrets.get(name) ?? (await make(false));
      requireSameModule(founding, moduleId);
      const kept = secrets.get(name) ?? candidate;
      secrets.set(name, kept);
      return kept;
    },
    async keepDomain(moduleId, next, forget = []) {
      requireSameModule(founding, moduleId);
      const present = domains.get(next.region);
      if (present !== undefined && !isNext(present.revision, next)) return present;
      domains.set(next.region, next);
      for (const name of forget) secrets.delete(name);
      return next;
    },
    async stage(next) {
      staged = next;
    },
    async adopt(moduleId) {
      const next = staged;
      staged = undefined;
      if (next?.founding.moduleId !== moduleId) return undefined;
      founding = next.founding;
      starts = next.starts + 1;
      secrets.clear();
      domains.clear();
      for (const domain of next.domains) domains.set(domain.region, domain);
      return { founding, starts, secrets: new Map(), domains: new Map(domains) };
    },
    async refound(next) {
      staged = undefined;
      founding = next;
      starts = 1;
      secrets.clear();
      domains.clear();
    },
    close() {},
  };
}
