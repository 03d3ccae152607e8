import { boundedCache } from './bounded-cache.ts';

/** What an AWS host name says of itself. Any other host name (`localhost`) is an endpoint for everything. */
export interface Endpoint {
  /** Signing name of the service: `kms`. */
  service?: string;
  region?: string;
}

const awsHost = /^([a-z0-9]+)(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com|api\.aws)$/;
const known = boundedCache<Endpoint>(64);

/** `kms.us-east-1.amazonaws.com`, `kms-fips.us-east-1.amazonaws.com`, `kms.us-east-1.api.aws`; port allowed. */
export function endpointOf(authority: string): Endpoint {
  return known.get(authority, () => {
    const [, service, region] = awsHost.exec(authority.replace(/:\d+$/, '').toLowerCase()) ?? [];
    return service && region ? { service, region } : {};
  });
}
