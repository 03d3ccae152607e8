import { AwsError } from '../errors/aws-error.ts';

/** KMS's errors in AWS's words, for rules that more than one operation has. */

export const notFound = (message: string) => new AwsError('NotFoundException', message);

export const validationError = (message: string) => new AwsError('ValidationException', message);

export const unsupported = (message: string) => new AwsError('UnsupportedOperationException', message);

/** AWS says no more than this about a ciphertext that it will not open. */
export const invalidCiphertext = () => new AwsError('InvalidCiphertextException');

export const invalidKeyUsage = (message: string) => new AwsError('InvalidKeyUsageException', message);

export const invalidState = (message: string) => new AwsError('KMSInvalidStateException', message);

export const limitExceeded = (message: string) => new AwsError('LimitExceededException', message);

export const disabled = (keyArn: string) => new AwsError('DisabledException', `${keyArn} is disabled.`);

export const incorrectKey = () =>
  new AwsError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );

/** For operations that depend on where a key's material comes from. */
export const invalidOrigin = (keyArn: string, origin: string) =>
  unsupported(`${keyArn} origin is ${origin} which is not valid for this operation.`);

export const dryRunPassed = () =>
  new AwsError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
