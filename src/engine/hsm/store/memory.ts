import type { DomainKey, HsmStore } from './store.ts';

/**
 * A store that forgets with its process.
 * @param domainKey a domain key to start with
 */
export function memoryHsmStore(domainKey?: DomainKey): HsmStore {
  let kept = domainKey;
  return {
    durability: 'memory',
    establish: (candidate) => Promise.resolve((kept ??= candidate)),
    replace(next) {
      kept = next;
      return Promise.resolve();
    },
    close() {},
  };
}
