import type { OperationModel } from '../model.ts';
import { getCallerIdentity, lookupEvents, operationNamed } from '../operations.ts';

/** One request as it went over the wire. */
export interface Asked {
  /** `kms`, `sts`, `cloudtrail` */
  service: string;
  /** `CreateKey` */
  operation: string;
  /** The request's JSON: blobs are Base64, times seconds since the Unix epoch. */
  input: Record<string, unknown>;
  region: string;
}

/** `undefined` for what no service here offers. */
export function modelOf({
  service,
  operation,
}: Pick<Asked, 'service' | 'operation'>): OperationModel | undefined {
  if (service === 'kms') return operationNamed(operation);
  return [getCallerIdentity, lookupEvents].find(({ name }) => name === operation);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
