import { table, type Reader, type Table, type Transaction } from './vault.ts';

/** The places where the storage layer keeps its copies; as Availability Zones of a Region are. */
export const zones = ['a', 'b', 'c'] as const;

export type Zone = (typeof zones)[number];

/** `corrupt`: what is there does not match the checksum that it was stored with. */
export type CopyState = 'good' | 'missing' | 'corrupt';

/** What one zone holds of a record. A corrupt copy has its value too, such as it is. */
export type ZoneCopy<Value> =
  | { zone: Zone; state: 'missing' }
  | { zone: Zone; state: 'good' | 'corrupt'; value: Value };

/** A copy as it is stored. Those from before there were checksums have none, and count as good. */
type Stored<Value> = Value & { checksum?: Uint8Array };

/** Records that are kept as one copy in each zone, so that one zone that still has a good copy is enough. */
export interface ZonedTable<Value extends object> {
  /** Puts a copy with its checksum in every zone. */
  put(transaction: Transaction, key: string, value: Value): void;
  /** Deletes the copy of one zone, or of all. */
  delete(transaction: Transaction, key: string, zone?: Zone): void;
  /** Deletes the copies of all zones for ever, and every image of them in the journal. */
  shred(transaction: Transaction, key: string): void;
  /** Changes one zone's copy behind its checksum's back, as a failing disk does. There must be one. */
  damage(transaction: Transaction, key: string, zone: Zone, change: (value: Value) => Value): void;
  /** Puts `value` in the place of every copy that is missing or corrupt, in all zones or in these. */
  mend(transaction: Transaction, key: string, value: Value, only?: readonly Zone[]): void;
  /** What each zone holds, in the order of `zones`. */
  copies(reader: Reader, key: string): ZoneCopy<Value>[];
  /** Keys of all records of which any zone has a copy, in order, from after `after` on, at most `limit`. */
  keys(reader: Reader, range?: { after?: string; limit?: number }): string[];
  /** How many records each zone holds. */
  count(reader: Reader): { zone: Zone; records: number }[];
  /** Where a zone's copies are stored, as they are: for who puts back what was there. */
  tableOf(zone: Zone): Table<Value>;
  /** Whose copies a table of this name holds. `undefined`: it is none of these tables. */
  zoneOf(table: string): Zone | undefined;
}

/**
 * `name` is the table's; each zone has a table of its own, `name/a`, `name/b` and `name/c`. `checksumOf` must depend
 * on every member of a value.
 */
export function zonedTable<Value extends object>(
  name: string,
  checksumOf: (value: Value) => Uint8Array,
): ZonedTable<Value> {
  const places = zones.map((zone): { zone: Zone; table: Table<Stored<Value>> } => ({
    zone,
    table: table<Stored<Value>>(`${name}/${zone}`),
  }));
  /** Values never change once they are stored, so each need be held against its checksum only once. */
  const foundGood = new WeakSet<object>();

  function withChecksum(value: Value): Stored<Value> {
    const stored = { ...value, checksum: checksumOf(value) };
    foundGood.add(stored);
    return stored;
  }

  function isGood(stored: Stored<Value>): boolean {
    if (stored.checksum === undefined || foundGood.has(stored)) return true;
    const good = isSame(stored.checksum, checksumOf(stored));
    if (good) foundGood.add(stored);
    return good;
  }

  function tableOf(zone: Zone): Table<Stored<Value>> {
    return places.find((place) => place.zone === zone)!.table;
  }

  function copies(reader: Reader, key: string): ZoneCopy<Value>[] {
    return places.map(({ zone, table }) => {
      const value = reader.get(table, key);
      if (value === undefined) return { zone, state: 'missing' };
      return { zone, state: isGood(value) ? 'good' : 'corrupt', value };
    });
  }

  return {
    put(transaction, key, value) {
      const stored = withChecksum(value);
      for (const { table } of places) transaction.put(table, key, stored);
    },

    delete(transaction, key, zone) {
      for (const place of places)
        if (zone === undefined || zone === place.zone) transaction.delete(place.table, key);
    },

    shred(transaction, key) {
      for (const { table } of places) transaction.shred(table, key);
    },

    damage(transaction, key, zone, change) {
      const table = tableOf(zone);
      const stored = transaction.get(table, key);
      if (!stored) throw new Error(`Zone ${zone} holds no copy of ${key}.`);
      const { checksum = checksumOf(stored) } = stored;
      transaction.put(table, key, { ...change(stored), checksum });
    },

    mend(transaction, key, value, only = zones) {
      const stored = withChecksum(value);
      for (const { zone, state } of copies(transaction, key)) {
        if (state === 'good' || !only.includes(zone)) continue;
        transaction.put(tableOf(zone), key, stored);
      }
    },

    copies,

    keys(reader, range = {}) {
      const found = places.flatMap(({ table }) => reader.list(table, range).map(({ key }) => key));
      return [...new Set(found)].sort().slice(0, range.limit);
    },

    count: (reader) => places.map(({ zone, table }) => ({ zone, records: reader.count(table) })),

    tableOf,

    zoneOf: (name) => places.find(({ table }) => table.name === name)?.zone,
  };
}

/** The first good copy, by the order of zones. */
export function firstGood<Value>(
  copies: readonly ZoneCopy<Value>[],
): Extract<ZoneCopy<Value>, { value: Value }> | undefined {
  return copies.find((copy): copy is Extract<typeof copy, { value: Value }> => copy.state === 'good');
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
