import { AwsError } from '../errors/aws-error.ts';
import { VaultError } from '../vault/vault.ts';

/**
 * What the client is told about a failure. Errors that are meant for clients pass; a storage that cannot store is
 * KMSInternalException (HTTP 500) with the vault's own message; anything else is a defect of ours, reported
 * through `onDefect` and hidden behind the request id.
 */
export function toAwsError(
  error: unknown,
  requestId: string,
  onDefect: (defect: unknown, requestId: string) => void,
): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof VaultError) return new AwsError('KMSInternalException', error.message, 500);
  onDefect(error, requestId);
  return new AwsError(
    'KMSInternalException',
    `The request failed because of an internal exception. Request id: ${requestId}`,
    500,
  );
}
