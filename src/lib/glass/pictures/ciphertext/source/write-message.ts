import { suites } from '../anatomy/encryption-sdk/suites.ts';
import { bodyAad, derivedKeys } from '../trial/sdk-cryptography.ts';

/** What goes into a message. */
export interface MessageMaterial {
  keyArn: string;
  dataKey: Uint8Array<ArrayBuffer>;
  encryptedDataKey: Uint8Array;
  context: Record<string, string>;
  plaintext: Uint8Array<ArrayBuffer>;
  /** Bytes of plaintext in a frame. */
  frameLength: number;
}

/** AES-256-GCM with HKDF-SHA-512 and key commitment, unsigned: the SDK's default for unsigned messages. */
const suiteId = 0x0478;

/**
 * Writes a message of the AWS Encryption SDK, to look at; the page does not carry the SDK itself. Version 2, framed
 * (AWS Encryption SDK Developer Guide, "Message format reference"). The SDK opens it: a test has it do so.
 */
export async function writeMessage(material: MessageMaterial): Promise<Uint8Array<ArrayBuffer>> {
  const { keyArn, dataKey, encryptedDataKey, context, plaintext, frameLength } = material;
  const suite = suites.get(suiteId)!;
  const messageId = crypto.getRandomValues(new Uint8Array(32));
  const { contentKey, commitment = new Uint8Array() } = await derivedKeys(
    { suite, suiteId, messageId },
    dataKey,
    'encrypt',
  );
  const seal = async (iv: Uint8Array<ArrayBuffer>, additionalData: BufferSource, content: BufferSource) =>
    new Uint8Array(
      await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData, tagLength: 128 },
        contentKey,
        content,
      ),
    );

  const header = new Uint8Array([
    ...[2, ...number(suiteId, 2), ...messageId],
    ...contextBytes(context),
    ...number(1, 2),
    ...[...text('aws-kms'), ...text(keyArn), ...sized(encryptedDataKey)],
    ...[2, ...number(frameLength, 4), ...commitment],
  ]);
  const parts = [header, await seal(new Uint8Array(12), header, new Uint8Array())];
  const full = Math.floor(plaintext.length / frameLength);
  for (let index = 0; index <= full; index++) {
    const sequence = index + 1;
    const kind = index === full ? 'final' : 'regular';
    const content = plaintext.slice(index * frameLength, sequence * frameLength);
    const iv = new Uint8Array([...new Uint8Array(8), ...number(sequence, 4)]);
    const sealed = await seal(iv, bodyAad(messageId, { kind, sequence, content }), content);
    const front = kind === 'final' ? [...number(0xffffffff, 4)] : [];
    const length = kind === 'final' ? number(content.length, 4) : [];
    parts.push(new Uint8Array([...front, ...number(sequence, 4), ...iv, ...length, ...sealed]));
  }
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

/** The pairs in the order of their keys, as the SDK writes them. */
function contextBytes(context: Record<string, string>): number[] {
  const pairs = Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1));
  if (pairs.length === 0) return number(0, 2);
  const bytes = pairs.flatMap(([key, value]) => [...text(key), ...text(value)]);
  return sized(new Uint8Array([...number(pairs.length, 2), ...bytes]));
}

function text(value: string): number[] {
  return sized(new TextEncoder().encode(value));
}

function sized(bytes: Uint8Array): number[] {
  return [...number(bytes.length, 2), ...bytes];
}

function number(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256);
}
