import { concat, utf8Bytes, wipe, type Bytes } from './bytes.ts';
import { ciphertextBlobPrefix, parseCiphertextBlob, type CiphertextBlob } from './ciphertext-blob.ts';
import { ivLength, nonceLength, tagLength } from './ciphertext-blob-layout.ts';
import type { Workbench } from './command.ts';
import { canonicalContext } from './encryption-context.ts';
import type { EncryptionContext, ExportedKeyToken, Refusal } from './hsm.ts';
import { cipherOf, derivePerCallKey, type PerCallKey } from './per-call-key.ts';
import { frame, unframe } from './plaintext-frame.ts';
import { keyDerivation } from './purposes.ts';
import {
  blobRead,
  blobRefused,
  perCallKeyForgotten,
  plaintextOpened,
  plaintextSealed,
  tagRefused,
} from './steps.ts';
import { unseal } from './unseal.ts';

/**
 * Encryption under a symmetric KMS key, after AWS KMS Cryptographic Details ("Encrypt", "Decrypt"): each call
 * has a key of its own, derived from the backing key and a nonce, so that random IVs never wear a key out.
 *
 * Additional authenticated data: every byte of the blob before its content, then the canonical encryption
 * context. So nothing in a blob can be changed unnoticed.
 */

/** What a symmetric key is used with. */
export interface SymmetricSide {
  token: ExportedKeyToken;
  context: EncryptionContext;
}

/** @throws RangeError unless the plaintext has 1–4096 bytes */
export async function encryptSymmetric(
  bench: Workbench,
  { token, context }: SymmetricSide,
  plaintext: Uint8Array,
): Promise<Bytes | Refusal> {
  const framed = frame(plaintext);
  try {
    const backingKey = await unseal(bench, token, keyDerivation);
    if (backingKey === undefined) return 'TOKEN_REJECTED';

    const cipher = cipherOf(token);
    // Drawn at once: asking for randomness costs more than the bytes do.
    const drawn = bench.randomness.bytes(nonceLength + ivLength);
    const nonce = drawn.subarray(0, nonceLength);
    const iv = drawn.subarray(nonceLength);
    // Web Crypto works beside this thread: what can be prepared meanwhile costs no time.
    const deriving = derivePerCallKey(bench, backingKey, nonce, cipher, 'encrypt');
    const prefix = ciphertextBlobPrefix(
      { materialId: token.materialId, nonce, iv },
      framed.length + tagLength,
      cipher,
    );
    const contextText = canonicalContext(context);
    const aad = concat(prefix, utf8Bytes(contextText));
    const content = await (await deriving).encrypt(iv, aad, framed);
    const blob = concat(prefix, new Uint8Array(content));
    bench.steps?.push(
      plaintextSealed({ cipher, plaintextLength: plaintext.length, iv, context: contextText, aad }, blob),
      perCallKeyForgotten(),
    );
    return blob;
  } finally {
    wipe(framed);
  }
}

/** Gives the plaintext in an array of its own, the caller's to wipe. */
export async function decryptSymmetric(
  bench: Workbench,
  { token, context }: SymmetricSide,
  ciphertext: Uint8Array,
): Promise<Bytes | Refusal> {
  const blob = parseCiphertextBlob(ciphertext);
  if (blob === undefined || blob.materialId !== token.materialId || blob.cipher !== cipherOf(token)) {
    bench.steps?.push(blobRefused(ciphertext, token));
    return 'CIPHERTEXT_REJECTED';
  }
  bench.steps?.push(blobRead(ciphertext, blob));

  const backingKey = await unseal(bench, token, keyDerivation);
  if (backingKey === undefined) return 'TOKEN_REJECTED';
  const deriving = derivePerCallKey(bench, backingKey, blob.nonce, blob.cipher, 'decrypt');
  const contextText = canonicalContext(context);
  const aad = concat(blob.prefix, utf8Bytes(contextText));
  const plaintext = await open(await deriving, blob, aad);
  bench.steps?.push(
    plaintext === undefined
      ? tagRefused(blob, contextText, aad)
      : plaintextOpened(blob, contextText, aad, plaintext.length),
  );
  if (plaintext === undefined) return 'CIPHERTEXT_REJECTED';
  bench.steps?.push(perCallKeyForgotten());
  return plaintext;
}

/** `undefined` when the tag does not match, or when what is inside was not put there by `encryptSymmetric`. */
async function open(
  key: PerCallKey,
  { iv, content }: CiphertextBlob,
  aad: Bytes,
): Promise<Bytes | undefined> {
  let framed: Bytes;
  try {
    framed = new Uint8Array(await key.decrypt(iv, aad, content));
  } catch {
    return undefined;
  }
  const plaintext = unframe(framed);
  wipe(framed);
  return plaintext;
}
