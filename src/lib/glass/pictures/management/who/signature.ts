import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Step } from '$engine/trace/trace.ts';
import { managementText } from '$lib/strings/management.ts';

const text = managementText.who;

/** What the signature check knew, as far as it came. */
export interface Evidence {
  accessKeyId?: string;
  canonicalRequest?: string;
  stringToSign?: string;
  given?: string;
  calculated?: string;
  principal?: string;
  error?: { name: string; message: string };
}

export function evidenceIn({ fields }: Step): Evidence {
  const value = (name: string): string | undefined => {
    const found = fields.find((field) => field.name === name)?.value;
    return typeof found === 'string' ? found : undefined;
  };
  const found = {
    accessKeyId: value('Access key id'),
    canonicalRequest: value('Canonical request'),
    stringToSign: value('String to sign'),
    given: value('Signature given'),
    calculated: value('Signature calculated'),
    principal: value('Principal'),
  };
  const name = value('Error');
  const known = Object.entries(found).filter(([, one]) => one !== undefined);
  return {
    ...(Object.fromEntries(known) as Evidence),
    ...(name !== undefined && { error: { name, message: value('Message') ?? '' } }),
  };
}

/** A line of a text that is signed, and what stands in it. */
export interface NamedLine {
  name: string;
  text: string;
}

/** The lines of a canonical request (IAM User Guide, "Create a signed AWS API request", step 1). */
export function canonicalLines(request: string): NamedLine[] {
  const lines = request.split('\n');
  const last = lines.length - 1;
  return lines.map((line, index) => ({ name: nameOfLine(index, last), text: line }));
}

function nameOfLine(index: number, last: number): string {
  const { method, path, query, header, empty, signedHeaders, bodyHash } = text.canonical;
  const front = [method, path, query][index];
  if (front !== undefined) return front;
  const back = [bodyHash, signedHeaders, empty][last - index];
  return back ?? header;
}

/** The four lines that are signed (same guide, step 3). */
export function linesToSign(stringToSign: string): NamedLine[] {
  const names = [text.toSign.algorithm, text.toSign.time, text.toSign.scope, text.toSign.hash];
  return stringToSign.split('\n').map((line, index) => ({ name: names[index] ?? '', text: line }));
}

/** One HMAC of the chain from the secret to the signature. */
export interface Link {
  /** What AWS calls its result. */
  name: string;
  /** The name of the key that it is made with. */
  with: string;
  message: string;
  /** 64 hex digits. */
  result: string;
}

/**
 * The chain of HMAC-SHA-256 from a secret access key to the signature (same guide, steps 4 and 5). Each key is the
 * result before it; the first is `AWS4` and the secret.
 */
export function signingChain(secretAccessKey: string, stringToSign: string): Link[] {
  const [date = '', region = '', service = '', terminator = ''] =
    stringToSign.split('\n')[2]?.split('/') ?? [];
  const messages = [
    ['kDate', date],
    ['kRegion', region],
    ['kService', service],
    ['kSigning', terminator],
    [text.signature, stringToSign],
  ] as const;
  let key = utf8ToBytes(`AWS4${secretAccessKey}`);
  let keyName: string = text.firstKey;
  return messages.map(([name, message]) => {
    key = hmac(sha256, key, utf8ToBytes(message));
    const link = { name, with: keyName, message, result: bytesToHex(key) };
    keyName = name;
    return link;
  });
}

/** Where two signatures differ, character by character. */
export function differences(one: string, other: string): boolean[] {
  return Array.from(
    { length: Math.max(one.length, other.length) },
    (_, index) => one[index] !== other[index],
  );
}
