import type { Identity } from '$engine/observation.ts';

/**
 * Whom a page acts as by itself: `Ada`, who administers a new cloud, or `Auditor`, who reads. A cloud that was founded
 * from a scenario may have neither; then an account's root user stands in, who is there in every cloud.
 */
export function standIn(identities: readonly Identity[], name: 'Ada' | 'Auditor'): Identity | undefined {
  return (
    identities.find((identity) => identity.name === name) ?? identities.find(({ type }) => type === 'Root')
  );
}
