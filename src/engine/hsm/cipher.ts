import { wipe, type Bytes } from './bytes.ts';
import { done, isRefusal, refused, type Workbench } from './command.ts';
import type { CipherSide, EncryptionContext, ExportedKeyToken, HsmResult, Refusal } from './hsm.ts';
import { decryptRsa, encryptRsa } from './rsa-encryption.ts';
import { randomDrawn } from './steps.ts';
import { decryptSymmetric, encryptSymmetric } from './symmetric.ts';

/** The commands that encrypt and decrypt, over both kinds of key. */

export async function encrypt(
  bench: Workbench,
  command: CipherSide & { plaintext: Uint8Array },
): Promise<HsmResult<{ ciphertext: Uint8Array }>> {
  const ciphertext = await encryptWith(bench, command, command.plaintext);
  return isRefusal(ciphertext) ? refused(bench, ciphertext) : done(bench, { ciphertext });
}

export async function decrypt(
  bench: Workbench,
  command: CipherSide & { ciphertext: Uint8Array },
): Promise<HsmResult<{ plaintext: Uint8Array }>> {
  const plaintext = await decryptWith(bench, command, command.ciphertext);
  return isRefusal(plaintext) ? refused(bench, plaintext) : done(bench, { plaintext });
}

export async function reEncrypt(
  bench: Workbench,
  { source, destination }: { source: CipherSide & { ciphertext: Uint8Array }; destination: CipherSide },
): Promise<HsmResult<{ ciphertext: Uint8Array }>> {
  const plaintext = await decryptWith(bench, source, source.ciphertext);
  if (isRefusal(plaintext)) return refused(bench, plaintext);
  try {
    const ciphertext = await encryptWith(bench, destination, plaintext).catch(unfit);
    return isRefusal(ciphertext) ? refused(bench, ciphertext) : done(bench, { ciphertext });
  } finally {
    wipe(plaintext);
  }
}

/** Nobody outside can know the length of what a ciphertext holds, so here it is an answer and no mistake. */
function unfit(error: unknown): Refusal {
  if (error instanceof RangeError) return 'PLAINTEXT_UNFIT';
  throw error;
}

/** @throws RangeError unless `length` is 1–1024 */
export async function generateDataKey(
  bench: Workbench,
  command: {
    token: ExportedKeyToken;
    context: EncryptionContext;
    length: number;
    withPlaintext: boolean;
  },
): Promise<HsmResult<{ ciphertext: Uint8Array; plaintext?: Uint8Array }>> {
  const plaintext = drawBytes(bench, 'a data key', command.length);
  const ciphertext = await encryptSymmetric(bench, command, plaintext);
  if (isRefusal(ciphertext)) {
    wipe(plaintext);
    return refused(bench, ciphertext);
  }
  if (command.withPlaintext) return done(bench, { ciphertext, plaintext });
  wipe(plaintext);
  return done(bench, { ciphertext });
}

/** @throws RangeError unless `length` is 1–1024 */
export function generateRandom(bench: Workbench, length: number): HsmResult<{ bytes: Uint8Array }> {
  return done(bench, { bytes: drawBytes(bench, 'random bytes', length) });
}

/** AWS KMS API Reference, GenerateRandom and GenerateDataKey, NumberOfBytes. */
const maximumRandomLength = 1024;

function drawBytes({ randomness, steps }: Workbench, what: string, length: number): Bytes {
  if (!Number.isInteger(length) || length < 1 || length > maximumRandomLength) {
    throw new RangeError(`The module draws 1 to ${maximumRandomLength} bytes, not ${length}.`);
  }
  const bytes = randomness.bytes(length);
  steps?.push(randomDrawn(what, length));
  return bytes;
}

function encryptWith(bench: Workbench, side: CipherSide, plaintext: Uint8Array): Promise<Bytes | Refusal> {
  const { algorithm } = side;
  return algorithm === 'SYMMETRIC_DEFAULT'
    ? encryptSymmetric(bench, side, plaintext)
    : encryptRsa(bench, { ...side, algorithm }, plaintext);
}

function decryptWith(bench: Workbench, side: CipherSide, ciphertext: Uint8Array): Promise<Bytes | Refusal> {
  const { algorithm } = side;
  return algorithm === 'SYMMETRIC_DEFAULT'
    ? decryptSymmetric(bench, side, ciphertext)
    : decryptRsa(bench, { ...side, algorithm }, ciphertext);
}
