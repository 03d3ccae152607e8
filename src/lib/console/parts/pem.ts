import { toBase64 } from '$lib/envelope/base64.ts';

/** Bytes in PEM's textual encoding (RFC 7468). */
export function pemOf(bytes: Uint8Array, label: 'PUBLIC KEY' | 'PRIVATE KEY'): string {
  const lines = toBase64(bytes).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** The bytes of the first block with this label; `undefined` for a text without one. */
export function bytesOfPem(
  text: string,
  label: 'PUBLIC KEY' | 'PRIVATE KEY',
): Uint8Array<ArrayBuffer> | undefined {
  const block = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(text);
  if (!block) return undefined;
  try {
    return Uint8Array.from(atob(block[1]!.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
