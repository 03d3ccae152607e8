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

const outputBits = 256;
const blockBytes = 32;

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
  const fixedInput = new Uint8Array(prefix.length + context.length + 4);
  fixedInput.set(prefix, 0);
  fixedInput.set(context, prefix.length);
  new DataView(fixedInput.buffer).setUint32(prefix.length + context.length, outputBits);
  return counterMode(key, fixedInput, blockBytes);
}

/**
 * The bare function: `HMAC(key, [1]₃₂ ‖ fixedInput) ‖ HMAC(key, [2]₃₂ ‖ fixedInput) ‖ …`, cut to `length` bytes.
 * @param fixedInput `Label ‖ 0x00 ‖ Context ‖ [L]₃₂`, or what a test vector has in its place
 */
export async function counterMode(key: CryptoKey, fixedInput: Uint8Array, length: number): Promise<Bytes> {
  const input = new Uint8Array(4 + fixedInput.length);
  input.set(fixedInput, 4);
  const counter = new DataView(input.buffer);
  counter.setUint32(0, 1);
  const first = new Uint8Array(await crypto.subtle.sign('HMAC', key, input));
  if (length === blockBytes) return first;

  const output = new Uint8Array(length);
  output.set(first.subarray(0, length), 0);
  first.fill(0);
  for (let block = 2; (block - 1) * blockBytes < length; block++) {
    counter.setUint32(0, block);
    const next = new Uint8Array(await crypto.subtle.sign('HMAC', key, input));
    output.set(next.subarray(0, length - (block - 1) * blockBytes), (block - 1) * blockBytes);
    next.fill(0);
  }
  return output;
}
