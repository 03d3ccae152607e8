/** Remembers at most `limit` values; the oldest goes first. */
export function boundedCache<Value>(limit: number): { get(key: string, make: () => Value): Value } {
  const values = new Map<string, Value>();
  return {
    get(key, make) {
      const cached = values.get(key);
      if (cached !== undefined) return cached;
      const made = make();
      if (values.size >= limit) {
        for (const oldest of values.keys()) {
          values.delete(oldest);
          break;
        }
      }
      values.set(key, made);
      return made;
    },
  };
}
