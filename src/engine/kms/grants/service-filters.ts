import type { Call } from '../../service/service.ts';
import { validationError } from '../errors.ts';

/** Listing by service principal is for AWS services (KMS API Reference, ListGrants and ListRetirableGrants). */
export function requireServiceCaller(call: Call, member: string, value: string | undefined): void {
  if (value === undefined || call.caller.principal.type === 'Service') return;
  throw validationError(`${member} can be used only by callers in a service principal.`);
}
