import { table, type Reader, type Table, type Transaction } from './vault.ts';

/** The places where the storage layer keeps its copies; as Availability Zones of a Region are. */
export const zones = ['a', 'b', 'c'] as const;

export type Zone = (typeof zones)[number];

/** Records that are kept as one copy in each zone, so that one zone that still has its copy is enough. */
export interface ZonedTable<Value> {
  /** Puts a copy in every zone. */
  put(transaction: Transaction, key: string, value: Value): void;
  /** Deletes the copy of one zone, or of all. */
  delete(transaction: Transaction, key: string, zone?: Zone): void;
  /** Deletes the copies of all zones for ever, and every image of them in the journal. */
  shred(transaction: Transaction, key: string): void;
  /** The copy of the first zone that has one, and which zone that was. */
  read(reader: Reader, key: string): { zone: Zone; value: Value } | undefined;
  /** Every record whose key begins with `prefix`, each from the first zone that has it, in order of keys. */
  list(reader: Reader, prefix: string): { zone: Zone; key: string; value: Value }[];
  /** How many records each zone holds. */
  count(reader: Reader): { zone: Zone; records: number }[];
}

/** `name` is the table's; each zone has a table of its own, `name/a`, `name/b` and `name/c`. */
export function zonedTable<Value>(name: string): ZonedTable<Value> {
  const copies = zones.map((zone): { zone: Zone; copy: Table<Value> } => ({
    zone,
    copy: table<Value>(`${name}/${zone}`),
  }));
  return {
    put(transaction, key, value) {
      for (const { copy } of copies) transaction.put(copy, key, value);
    },

    delete(transaction, key, zone) {
      for (const { copy, zone: holder } of copies)
        if (zone === undefined || zone === holder) transaction.delete(copy, key);
    },

    shred(transaction, key) {
      for (const { copy } of copies) transaction.shred(copy, key);
    },

    read(reader, key) {
      for (const { zone, copy } of copies) {
        const value = reader.get(copy, key);
        if (value !== undefined) return { zone, value };
      }
      return undefined;
    },

    list(reader, prefix) {
      const found = new Map<string, { zone: Zone; key: string; value: Value }>();
      for (const { zone, copy } of copies) {
        for (const { key, value } of reader.list(copy, { prefix }))
          if (!found.has(key)) found.set(key, { zone, key, value });
      }
      return [...found.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
    },

    count: (reader) => copies.map(({ zone, copy }) => ({ zone, records: reader.count(copy) })),
  };
}
