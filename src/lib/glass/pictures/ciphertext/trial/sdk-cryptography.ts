import { fromBase64 } from '$lib/envelope/base64.ts';
import type { Frame } from '../anatomy/encryption-sdk/body.ts';
import type { Message } from '../anatomy/encryption-sdk/message.ts';

/** Where a signed message keeps its public key, in its encryption context. */
const publicKeyName = 'aws-crypto-public-key';

/**
 * The key that encrypts the content, and for suites that commit, the commitment: by HKDF from the data key (AWS
 * Encryption SDK Developer Guide, "Algorithms reference"; RFC 5869). Rejects where the browser has no such AES.
 */
export async function derivedKeys(
  { suite, suiteId, messageId }: Pick<Message, 'suite' | 'suiteId' | 'messageId'>,
  dataKey: Uint8Array<ArrayBuffer>,
  usage: 'encrypt' | 'decrypt' = 'decrypt',
): Promise<{ contentKey: CryptoKey; commitment?: Uint8Array<ArrayBuffer> }> {
  const imported = (raw: BufferSource) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [usage]);
  const { kdf: hash, keyBits } = suite;
  if (!hash) return { contentKey: await imported(dataKey) };
  const secret = await crypto.subtle.importKey('raw', dataKey, 'HKDF', false, ['deriveBits']);
  const derive = (salt: BufferSource, info: BufferSource, bits: number) =>
    crypto.subtle.deriveBits({ name: 'HKDF', hash, salt, info }, secret, bits);
  const id = [suiteId >> 8, suiteId & 0xff];
  if (!suite.commits) {
    const info = new Uint8Array([...id, ...messageId]);
    return { contentKey: await imported(await derive(new Uint8Array(), info, keyBits)) };
  }
  const info = new Uint8Array([...id, ...utf8('DERIVEKEY')]);
  return {
    contentKey: await imported(await derive(messageId, info, keyBits)),
    commitment: new Uint8Array(await derive(messageId, utf8('COMMITKEY'), 256)),
  };
}

/**
 * Whether the message's own public key has signed these bytes. WebCrypto takes neither compressed points nor
 * signatures in DER, so the curve comes from a library.
 */
export async function isSignedBy(message: Message, bytes: Uint8Array): Promise<boolean> {
  const publicKey = fromBase64(message.context[publicKeyName] ?? '');
  if (!publicKey || !message.signature) return false;
  const { p256, p384 } = await import('@noble/curves/nist.js');
  const curve = message.suite.signature === 'P-256' ? p256 : p384;
  try {
    return curve.verify(message.signature, bytes, publicKey, { format: 'der', lowS: false });
  } catch {
    return false;
  }
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

const contentNames: Record<Frame['kind'], string> = {
  single: 'AWSKMSEncryptionClient Single Block',
  regular: 'AWSKMSEncryptionClient Frame',
  final: 'AWSKMSEncryptionClient Final Frame',
};

/** What a frame's tag holds besides its content (AWS Encryption SDK Developer Guide, "Body AAD reference"). */
export function bodyAad(
  messageId: Uint8Array,
  { kind, sequence, content }: Pick<Frame, 'kind' | 'sequence' | 'content'>,
): Uint8Array<ArrayBuffer> {
  const numbers = new DataView(new ArrayBuffer(12));
  numbers.setUint32(0, sequence);
  numbers.setBigUint64(4, BigInt(content.length));
  return new Uint8Array([...messageId, ...utf8(contentNames[kind]), ...new Uint8Array(numbers.buffer)]);
}
