import { utf8Bytes, type Bytes } from './bytes.ts';

/**
 * Key derivation in counter mode with HMAC-SHA-256 (NIST SP 800-108 Rev. 1, §4.1), the function that AWS KMS
 * derives its per-call keys with. Both the counter and the length are 32-bit big-endian; the counter comes first.
 */

/** What keys are derived for. Different labels keep the outputs apart (SP 800-108, §7.5). */
export const labels = {
  /** Context: the blob's 16-byte nonce. Output: the AES-256 key of one Encrypt. */
  perCallKey: 'GlassKMS per-call key',
  /** Context: the KMS key id. Output: the KeyMaterialId, which is public. */
  materialId: 'GlassKMS key material id',
} as const;

type Label = (typeof labels)[keyof typeof labels];

const counterLength = 4;
const outputBits = 256;

/** `Label ‖ 0x00`, encoded once. */
const labelBytes = new Map<Label, Bytes>(
  Object.values(labels).map((label) => [label, utf8Bytes(`${label}\0`)] as const),
);

/**
 * Derives 256 bits for a purpose.
 * @param key a backing key: HMAC-SHA-256, usage `sign`
 * @param context what tells this output from others under the same label
 * @returns 32 bytes, the caller's to wipe
 */
export function derive(key: CryptoKey, label: Label, context: Uint8Array): Promise<Bytes> {
  const prefix = labelBytes.get(label)!;
  const contextOffset = counterLength + prefix.length;
  const input = new Uint8Array(contextOffset + context.length + 4);
  input.set(prefix, counterLength);
  input.set(context, contextOffset);
  // Byte by byte, as a DataView costs as much as all the rest here.
  input[input.length - 2] = outputBits >> 8;
  input[input.length - 1] = outputBits & 0xff;
  return firstBlock(key, input);
}

/**
 * The first block of output, `HMAC(key, [1]₃₂ ‖ fixed input)`, which is all that 256 bits need.
 * @param input room for the counter, 4 bytes, then `Label ‖ 0x00 ‖ Context ‖ [L]₃₂`
 */
export async function firstBlock(key: CryptoKey, input: Bytes): Promise<Bytes> {
  input.set([0, 0, 0, 1], 0);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, input));
}
