import { ciphertextText } from '$lib/strings/ciphertext.ts';
import type { Frame } from '../anatomy/encryption-sdk/body.ts';
import { readEncryptionSdkMessage, type Message } from '../anatomy/encryption-sdk/message.ts';
import { PartReader, Unreadable } from '../anatomy/part-reader.ts';
import type { AskDecrypt } from './ask-decrypt.ts';
import { Caught } from './caught.ts';
import { bodyAad, derivedKeys, isSignedBy } from './sdk-cryptography.ts';

const text = ciphertextText.caught;

/**
 * Opens a message of the AWS Encryption SDK as its own decrypt does, check by check in its order (AWS Encryption
 * SDK Specification, "Decrypt"): read, data key, commitment, header's tag, frames, signature. The real requests
 * and computations are made; what comes out is wiped.
 * Rejects with `Caught`, or with another error where this browser lacks the algorithm.
 */
export async function openEncryptionSdk(bytes: Uint8Array<ArrayBuffer>, ask: AskDecrypt): Promise<void> {
  const message = read(bytes);
  const dataKey = await dataKeyOf(message, ask);
  const { contentKey, commitment } = await derivedKeys(message, dataKey);
  dataKey.fill(0);
  if (message.commitment && !sameBytes(message.commitment, commitment)) {
    throw new Caught('commitment', text.sdkError, text.commitment);
  }
  const header = bytes.slice(0, message.headerLength);
  await unseal(contentKey, message.headerIv, header, message.headerTag, () => {
    throw new Caught('header-tag', text.sdkError, text.headerTag);
  });
  for (const [index, frame] of message.frames.entries())
    await openFrame(message, contentKey, frame, index + 1);
  if (message.signature && !(await isSignedBy(message, bytes.subarray(0, message.signedLength)))) {
    throw new Caught('signature', text.sdkError, text.signature);
  }
}

function read(bytes: Uint8Array): Message {
  try {
    const reader = new PartReader(bytes);
    const message = readEncryptionSdkMessage(reader);
    if (reader.left > 0) throw new Unreadable(ciphertextText.trailing(reader.left));
    return message;
  } catch (error) {
    if (error instanceof Unreadable) throw new Caught('reader', text.sdkError, error.message);
    throw error;
  }
}

/** The first of the encrypted data keys that KMS opens. Rejects as KMS has refused the first of them. */
async function dataKeyOf({ dataKeys, context }: Message, ask: AskDecrypt): Promise<Uint8Array<ArrayBuffer>> {
  let refusal: Caught | undefined;
  for (const { provider, keyArn, blob } of dataKeys) {
    if (provider !== 'aws-kms') continue;
    try {
      return (await ask({ blob, context, keyArn })).plaintext;
    } catch (error) {
      if (!(error instanceof Caught)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new Caught('reader', text.sdkError, text.noKmsKey);
}

async function openFrame(message: Message, key: CryptoKey, frame: Frame, number: number): Promise<void> {
  if (frame.sequence !== number) throw new Caught('frame-order', text.sdkError, text.frameOrder);
  const sealed = new Uint8Array([...frame.content, ...frame.tag]);
  await unseal(key, frame.iv, bodyAad(message.messageId, frame), sealed, () => {
    throw new Caught('frame-tag', text.sdkError, text.frameTag);
  });
}

/** AES-GCM with 16-byte tags; `sealed` ends in its own. */
async function unseal(
  key: CryptoKey,
  iv: Uint8Array<ArrayBuffer>,
  additionalData: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array<ArrayBuffer>,
  refuse: () => never,
): Promise<void> {
  const plaintext = await crypto.subtle
    .decrypt({ name: 'AES-GCM', iv, additionalData, tagLength: 128 }, key, sealed)
    .catch(refuse);
  new Uint8Array(plaintext).fill(0);
}

function sameBytes(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return one.length === other?.length && one.every((byte, index) => byte === other[index]);
}
