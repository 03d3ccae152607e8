import type { KeyLine } from '$engine/look/look.ts';

/** The Regions of a cloud, the keys that stay in one, and the families that do not. */
export interface Atlas {
  regions: RegionColumn[];
  families: Family[];
}

export interface RegionColumn {
  region: string;
  /** Keys of this Region alone. */
  stay: KeyLine[];
  /** Members of families here. */
  members: number;
}

/** Related multi-Region keys: one key id, one material, a key in each of several Regions. */
export interface Family {
  keyId: string;
  primary: KeyLine | undefined;
  /** In the order of the Regions' columns; `undefined` where a Region has none. */
  members: (KeyLine | undefined)[];
  /** Columns of the first and the last member. */
  from: number;
  to: number;
}

/** @param also Regions to be shown even without a key, as one that a domain is in */
export function atlasOf(lines: readonly KeyLine[], also: readonly string[] = []): Atlas {
  const names = [...new Set([...also, ...lines.map(({ region }) => region)])].sort();
  const byId = new Map<string, KeyLine[]>();
  for (const line of lines) {
    if (!line.multiRegion) continue;
    const name = `${line.accountId}/${line.keyId}`;
    byId.set(name, [...(byId.get(name) ?? []), line]);
  }
  const families = [...byId.values()].map((members): Family => {
    const placed = names.map((region) => members.find((member) => member.region === region));
    const columns = placed.flatMap((member, index) => (member ? [index] : []));
    return {
      keyId: members[0]!.keyId,
      primary: members.find(({ multiRegion }) => multiRegion?.type === 'PRIMARY'),
      members: placed,
      from: columns[0] ?? 0,
      to: columns.at(-1) ?? 0,
    };
  });
  return {
    regions: names.map((region) => ({
      region,
      stay: lines.filter((line) => line.region === region && !line.multiRegion),
      members: lines.filter((line) => line.region === region && line.multiRegion).length,
    })),
    families,
  };
}
