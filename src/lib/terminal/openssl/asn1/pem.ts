/** PEM as RFC 7468 has it, and Base64 in lines. */
import { toBase64 } from '$lib/envelope/base64.ts';

export interface PemBlock {
  /** `PRIVATE KEY` */
  label: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** All blocks of a text, in order. Headers inside a block mean encryption, which the caller cannot read: `bytes` is empty. */
export function pemBlocks(bytes: Uint8Array): PemBlock[] {
  const text = new TextDecoder().decode(bytes);
  return [...text.matchAll(/-----BEGIN ([^-]+)-----\s([\s\S]*?)-----END \1-----/g)].map(
    ([, label = '', body = '']) => ({
      label,
      bytes: body.includes(':') ? new Uint8Array() : base64Bytes(body),
    }),
  );
}

export function pem(label: string, bytes: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${base64Lines(bytes)}-----END ${label}-----\n`;
}

/** Base64 in lines of 64 characters, each with its end. */
export function base64Lines(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/.{1,64}/g, '$&\n');
}

/** What there is of Base64 in a text; nothing where it is none. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
