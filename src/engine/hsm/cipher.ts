import { wipe, type Bytes } from './bytes.ts';
import { done, isRefusal, refused, type Workbench } from './command.ts';
import { forRecipient } from './for-recipient.ts';
import type { CipherSide, ForRecipient, HsmResult, RecipientOutput, Refusal } from './hsm.ts';
import { decryptRsa, encryptRsa } from './rsa-encryption.ts';
import { decryptSm2PKE, encryptSm2PKE } from './sm2-encryption.ts';
import { decryptSymmetric, encryptSymmetric } from './symmetric.ts';

/** The commands that encrypt and decrypt, over all kinds of keys. */

export async function encrypt(
  bench: Workbench,
  command: CipherSide & { plaintext: Uint8Array },
): Promise<HsmResult<{ ciphertext: Uint8Array }>> {
  const ciphertext = await encryptWith(bench, command, command.plaintext);
  return isRefusal(ciphertext) ? refused(bench, ciphertext) : done(bench, { ciphertext });
}

export async function decrypt(
  bench: Workbench,
  command: CipherSide & { ciphertext: Uint8Array } & ForRecipient,
): Promise<HsmResult<{ plaintext?: Uint8Array } & RecipientOutput>> {
  const plaintext = await decryptWith(bench, command, command.ciphertext);
  if (isRefusal(plaintext)) return refused(bench, plaintext);
  return command.recipient === undefined
    ? done(bench, { plaintext })
    : done(bench, await forRecipient(bench, command.recipient, plaintext));
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

function encryptWith(bench: Workbench, side: CipherSide, plaintext: Uint8Array): Promise<Bytes | Refusal> {
  const { algorithm } = side;
  if (algorithm === 'SYMMETRIC_DEFAULT') return encryptSymmetric(bench, side, plaintext);
  if (algorithm === 'SM2PKE') return encryptSm2PKE(bench, side, plaintext);
  return encryptRsa(bench, { ...side, algorithm }, plaintext);
}

function decryptWith(bench: Workbench, side: CipherSide, ciphertext: Uint8Array): Promise<Bytes | Refusal> {
  const { algorithm } = side;
  if (algorithm === 'SYMMETRIC_DEFAULT') return decryptSymmetric(bench, side, ciphertext);
  if (algorithm === 'SM2PKE') return decryptSm2PKE(bench, side, ciphertext);
  return decryptRsa(bench, { ...side, algorithm }, ciphertext);
}
