import { wipe, type Bytes } from './bytes.ts';
import { done, isRefusal, refused, type Workbench } from './command.ts';
import { forRecipient } from './for-recipient.ts';
import type {
  DataKeyPairSpec,
  EncryptionContext,
  ExportedKeyToken,
  ForRecipient,
  HsmResult,
  RecipientOutput,
} from './hsm.ts';
import { exportPkcs8 } from './material/export-pkcs8.ts';
import { generateMaterial } from './material/generate-material.ts';
import { pairMade, randomDrawn } from './steps.ts';
import { encryptSymmetric } from './symmetric.ts';

/** The commands that make keys and bytes for use outside. */

interface Sealing extends ForRecipient {
  token: ExportedKeyToken;
  context: EncryptionContext;
  withPlaintext: boolean;
}

/** @throws RangeError unless `length` is 1–1024 */
export async function generateDataKey(
  bench: Workbench,
  command: Sealing & { length: number },
): Promise<HsmResult<{ ciphertext: Uint8Array; plaintext?: Uint8Array } & RecipientOutput>> {
  const plaintext = drawBytes(bench, 'a data key', command.length);
  const ciphertext = await encryptSymmetric(bench, command, plaintext);
  if (isRefusal(ciphertext)) {
    wipe(plaintext);
    return refused(bench, ciphertext);
  }
  if (command.recipient !== undefined) {
    return done(bench, { ciphertext, ...(await forRecipient(bench, command.recipient, plaintext)) });
  }
  if (command.withPlaintext) return done(bench, { ciphertext, plaintext });
  wipe(plaintext);
  return done(bench, { ciphertext });
}

export async function generateDataKeyPair(
  bench: Workbench,
  command: Sealing & { pairSpec: DataKeyPairSpec },
): Promise<
  HsmResult<{ ciphertext: Uint8Array; publicKey: Uint8Array; privateKey?: Uint8Array } & RecipientOutput>
> {
  const { key, publicKey } = await generateMaterial(command.pairSpec, bench);
  const pair = { key, publicKey: publicKey! };
  const privateKey = await exportPkcs8(command.pairSpec, pair);
  bench.steps?.push(pairMade(command.pairSpec, pair.publicKey));
  const ciphertext = await encryptSymmetric(bench, command, privateKey);
  if (isRefusal(ciphertext)) {
    wipe(privateKey);
    return refused(bench, ciphertext);
  }
  const output = { ciphertext, publicKey: pair.publicKey };
  if (command.recipient !== undefined) {
    return done(bench, { ...output, ...(await forRecipient(bench, command.recipient, privateKey)) });
  }
  if (command.withPlaintext) return done(bench, { ...output, privateKey });
  wipe(privateKey);
  return done(bench, output);
}

/** @throws RangeError unless `length` is 1–1024 */
export async function generateRandom(
  bench: Workbench,
  { length, recipient }: { length: number } & ForRecipient,
): Promise<HsmResult<{ bytes?: Uint8Array } & RecipientOutput>> {
  const bytes = drawBytes(bench, 'random bytes', length);
  return recipient === undefined
    ? done(bench, { bytes })
    : done(bench, await forRecipient(bench, recipient, bytes));
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
