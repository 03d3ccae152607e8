/**
 * The Region in a KMS key ARN: `us-east-1` in `arn:aws:kms:us-east-1:111122223333:key/1234abcd-…`. `undefined`: not
 * the ARN of a key.
 */
export function regionOf(keyArn: string): string | undefined {
  // Split by hand, as every command asks: a regular expression costs several times as much.
  const service = keyArn.indexOf(':', 'arn:'.length) + 1;
  if (!keyArn.startsWith('arn:') || !keyArn.startsWith('kms:', service)) return undefined;
  const region = service + 'kms:'.length;
  const account = keyArn.indexOf(':', region);
  return account > region && keyArn.startsWith(':key/', keyArn.indexOf(':', account + 1))
    ? keyArn.slice(region, account)
    : undefined;
}
