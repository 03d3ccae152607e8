/** The Region that a key or alias ARN names; `undefined` for what is no ARN and is meant of the Region one is in. */
export function regionOf(keyId: string): string | undefined {
  return /^arn:[^:]+:kms:([a-z0-9-]+):/.exec(keyId)?.[1];
}
