import { decodeBase64, encodeBase64 } from '../../declaration/base64.ts';
import type { Randomness } from '../../clock/randomness.ts';
import { AwsError } from '../../errors/aws-error.ts';

/**
 * Grant tokens: they say which grant is meant, and give no right of their own. AWS's are opaque and begin with
 * `AQpA`, the Base64 of a header and the length of a grant id; ours have that form, and a random end that makes
 * every token another one.
 */
const header = [0x01, 0x0a, 0x40];
const grantIdLength = 64;
const tailHeader = [0x22, 0x20];
const tailLength = 32;

export function newGrantToken(grantId: string, randomness: Randomness): string {
  const bytes = [
    ...header,
    ...new TextEncoder().encode(grantId),
    ...tailHeader,
    ...randomness.bytes(tailLength),
  ];
  return encodeBase64(Uint8Array.from(bytes));
}

/** The id of the grant that a token means; `undefined` for text that is no grant token. */
export function grantIdIn(token: string): string | undefined {
  let bytes: Uint8Array;
  try {
    bytes = decodeBase64(token);
  } catch {
    return undefined;
  }
  const start = header.length;
  const end = start + grantIdLength;
  const isToken =
    bytes.length === end + tailHeader.length + tailLength &&
    header.every((byte, index) => bytes[index] === byte) &&
    tailHeader.every((byte, index) => bytes[end + index] === byte);
  const grantId = String.fromCharCode(...bytes.subarray(start, end));
  return isToken && /^[0-9a-f]{64}$/.test(grantId) ? grantId : undefined;
}

/** Throws InvalidGrantTokenException when one of them is no grant token. */
export function checkGrantTokens(tokens: readonly string[] | undefined): void {
  if (tokens?.some((token) => grantIdIn(token) === undefined)) {
    throw new AwsError('InvalidGrantTokenException');
  }
}
