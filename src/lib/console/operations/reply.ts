import { toBase64 } from '$lib/envelope/base64.ts';

/** A reply as JSON: bytes in Base64, times in ISO 8601; what belongs to the transport is left out. */
export function replyText(reply: Record<string, unknown>): string {
  const { $metadata: _metadata, ...members } = reply;
  const plain = (_name: string, value: unknown): unknown =>
    value instanceof Uint8Array ? toBase64(value) : value;
  return JSON.stringify(members, plain, 2);
}

/** All bytes in a reply, each with the path of its member: `PublicKey`. */
export function bytesIn(value: unknown, path = ''): { path: string; bytes: Uint8Array }[] {
  if (value instanceof Uint8Array) return [{ path, bytes: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    bytesIn(member, path === '' ? name : `${path}.${name}`),
  );
}
