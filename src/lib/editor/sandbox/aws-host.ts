/**
 * Whether an address is an endpoint of AWS: `kms.eu-west-1.amazonaws.com`, `kms-fips…`, `kms.….api.aws`. The cloud
 * answers for these; a program that wants any other is told that it has no network.
 */
export function isAwsEndpoint(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username } = new URL(url);
  return (
    protocol === 'https:' &&
    port === '' &&
    username === '' &&
    /^[a-z0-9-]+(\.[a-z0-9-]+)?\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/.test(hostname)
  );
}
