import { fromBase64 } from '$lib/envelope/base64.ts';

/** The most bytes that the picture takes apart: 1 MiB. */
export const mostBytes = 1 << 20;

/**
 * Bytes out of what somebody pastes: hexadecimal (with or without spaces, colons, `0x`), base64 (also URL-safe,
 * without padding, in lines), or JSON with a CiphertextBlob, as the AWS CLI prints it. `undefined`: none of them.
 */
export function bytesIn(text: string): Uint8Array<ArrayBuffer> | undefined {
  const blob = /"CiphertextBlob"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  const compact = (blob ?? text).replace(/\s+/g, '');
  const bytes = fromHex(compact.replace(/^0x/i, '').replace(/[:,-]/g, '')) ?? fromAnyBase64(compact);
  return bytes?.length ? bytes : undefined;
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^([0-9a-f]{2})+$/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function fromAnyBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  return fromBase64(standard + '='.repeat((4 - (standard.length % 4)) % 4));
}
