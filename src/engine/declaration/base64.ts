/** Base64 with padding (RFC 4648 §4), as AWS JSON 1.1 writes blobs. The platform's own codec where it has one. */

interface NativeDecoder {
  fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
}
interface NativeEncoder {
  toBase64?: () => string;
}

/** Spreading more arguments than this into one call risks the engine's stack. */
const chunkSize = 8192;

/** Decodes strict base64. Throws a `TypeError` or `SyntaxError` for anything else. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = Uint8Array as NativeDecoder;
  if (native.fromBase64) return native.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function encodeBase64(bytes: Uint8Array): string {
  const native = bytes as NativeEncoder;
  if (native.toBase64) return native.toBase64();
  let binary = '';
  for (let start = 0; start < bytes.length; start += chunkSize) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunkSize));
  }
  return btoa(binary);
}
