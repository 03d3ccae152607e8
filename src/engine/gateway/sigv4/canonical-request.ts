import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { WireRequest } from '../wire.ts';

/**
 * The one text that client and service make of a request, so that both can sign it (IAM User Guide, "Create a
 * signed AWS API request", step 1). The path is `/`: the front door
 * lets no other one pass. `undefined` when a header that is said to be signed is not there.
 */
export function canonicalRequest(
  wire: WireRequest,
  signedHeaders: readonly string[],
  bodyHash: string,
): string | undefined {
  let text = `${wire.method}\n/\n${canonicalQuery(wire.url.query)}\n`;
  for (const name of signedHeaders) {
    const value = headerValue(wire, name);
    if (value === undefined) return undefined;
    text += `${name}:${value}\n`;
  }
  return `${text}\n${signedHeaders.join(';')}\n${bodyHash}`;
}

/** SHA-256 in lower-case hex. Synchronous: over texts this short, awaiting WebCrypto costs more than hashing. */
export function hashHex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
}

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

function headerValue(wire: WireRequest, name: string): string | undefined {
  // Browsers hide these two from scripts, so they are taken from what arrived.
  if (name === 'host') return wire.host;
  if (name === 'content-length') return String(wire.body.length);
  if (!headerName.test(name)) return undefined;
  const value = wire.headers.get(name);
  if (value === null) return undefined;
  return /[\t\n\r]| {2}/.test(value) ? value.replace(/[ \t\r\n]+/g, ' ') : value;
}

/** Parameters by name, then value, each percent-encoded in the strict way of RFC 3986 §2.3. */
function canonicalQuery(query: string): string {
  if (query === '') return query;
  return query
    .split('&')
    .filter((parameter) => parameter !== '')
    .map((parameter): [string, string] => {
      const equals = parameter.indexOf('=');
      const [name, value] =
        equals < 0 ? [parameter, ''] : [parameter.slice(0, equals), parameter.slice(equals + 1)];
      return [encode(decode(name)), encode(decode(value))];
    })
    .sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Text that is not valid percent-encoding is taken as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
