import { AwsError } from '../../errors/aws-error.ts';
import { asList } from '../evaluation/as-list.ts';

export type Members = Record<string, unknown>;

export function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocumentException', message);
}

/** Throws unless this is an object with no other members than the known. `where` begins a sentence. */
export function checkMembers(
  value: unknown,
  where: string,
  known: readonly string[],
): asserts value is Members {
  if (!isObject(value)) throw malformed(`${where} must be an object.`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw malformed(`${where} has an unknown element "${unknown}".`);
}

/** Throws unless this is a string, a list of strings, or not there. */
export function checkStrings(value: unknown, where: string): void {
  if (value === undefined) return;
  const values = asList(value);
  if (values.length === 0 || !values.every((one) => typeof one === 'string')) {
    throw malformed(`${where} must be a string or a list of strings.`);
  }
}

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
