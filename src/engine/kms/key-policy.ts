/** A key has one key policy, and this is its name (KMS API Reference, PutKeyPolicy, PolicyName). */
export const thePolicyName = 'default';

/** The name may be left out. */
export function isThePolicyName(name: string | undefined): boolean {
  return name === undefined || name === thePolicyName;
}
