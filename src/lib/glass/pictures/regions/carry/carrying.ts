import type { KeyLine } from '$engine/look/look.ts';

/** Keys whose ciphertext says which key made it, and that work: primary keys first, then replicas, the newest first. */
export function carriers(lines: readonly KeyLine[]): KeyLine[] {
  const rank = ({ multiRegion }: KeyLine) => (multiRegion ? (multiRegion.type === 'PRIMARY' ? 0 : 1) : 2);
  return lines
    .filter(
      ({ spec, state, manager }) =>
        spec === 'SYMMETRIC_DEFAULT' && state === 'Enabled' && manager === 'CUSTOMER',
    )
    .sort((one, other) => rank(one) - rank(other) || other.created - one.created);
}

/** Where to carry a ciphertext: first the Regions that have the key, then those that do not; not its own. */
export function destinations(key: KeyLine, regions: readonly string[]): string[] {
  const { multiRegion, region } = key;
  const related = multiRegion ? [multiRegion.primaryRegion, ...multiRegion.replicaRegions] : [];
  return [...new Set([...related, ...regions])].filter((each) => each !== region);
}
