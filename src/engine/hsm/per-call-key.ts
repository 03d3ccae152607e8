import type { sm4 as sm4Library } from 'sm-crypto-v2';
import { concat, wipe, type Bytes } from './bytes.ts';
import { tagLength, type BlobCipher } from './ciphertext-blob-layout.ts';
import type { Workbench } from './command.ts';
import type { ExportedKeyToken } from './hsm.ts';
import { derive, labels } from './kdf.ts';
import { perCallKeyDerived } from './steps.ts';

/** A call's own key, at work. The tag has 16 bytes and follows the ciphertext. */
export interface PerCallKey {
  encrypt(iv: Bytes, aad: Bytes, plaintext: Bytes): Promise<ArrayBuffer>;
  /** @throws an unspecified error when the tag does not match */
  decrypt(iv: Bytes, aad: Bytes, content: Bytes): Promise<ArrayBuffer>;
}

/** SYMMETRIC_DEFAULT is SM4 in the Regions of China, and AES everywhere else (AWS KMS Developer Guide). */
export function cipherOf({ keyArn }: ExportedKeyToken): BlobCipher {
  return keyArn.startsWith('arn:aws-cn:') ? 'SM4-128-GCM' : 'AES-256-GCM';
}

/** Derives it. Its bytes exist in one array, which is overwritten as soon as there is a handle (SM4: after use). */
export async function derivePerCallKey(
  { steps }: Workbench,
  backingKey: CryptoKey,
  nonce: Uint8Array,
  cipher: BlobCipher,
  usage: 'encrypt' | 'decrypt',
): Promise<PerCallKey> {
  const bytes = await derive(backingKey, labels.perCallKey, nonce);
  const key = cipher === 'AES-256-GCM' ? await aesKey(bytes, usage) : sm4Key(bytes);
  steps?.push(perCallKeyDerived(nonce, cipher));
  return key;
}

async function aesKey(bytes: Bytes, usage: 'encrypt' | 'decrypt'): Promise<PerCallKey> {
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [usage]);
  } finally {
    wipe(bytes);
  }
  const gcm = (iv: Bytes, additionalData: Bytes) => ({ name: 'AES-GCM', iv, additionalData });
  return {
    encrypt: (iv, aad, plaintext) => crypto.subtle.encrypt(gcm(iv, aad), key, plaintext),
    decrypt: (iv, aad, content) => crypto.subtle.decrypt(gcm(iv, aad), key, content),
  };
}

/** Web Crypto has no SM4, so this key's bytes go to a library: the first 128 bits, for one use. */
function sm4Key(bytes: Bytes): PerCallKey {
  async function used<Result>(use: (sm4: Sm4, key: Bytes) => Result): Promise<Result> {
    const { sm4 } = await import('sm-crypto-v2');
    try {
      return use(sm4, bytes.subarray(0, 16));
    } finally {
      wipe(bytes);
    }
  }
  const options = (iv: Bytes, associatedData: Bytes) =>
    ({ mode: 'gcm', output: 'array', iv, associatedData }) as const;
  return {
    encrypt: (iv, aad, plaintext) =>
      used((sm4, key) => {
        const { output, tag } = sm4.encrypt(plaintext, key, { ...options(iv, aad), outputTag: true });
        return concat(output, tag!).buffer;
      }),
    decrypt: (iv, aad, content) =>
      used((sm4, key) => {
        const tag = content.subarray(-tagLength);
        const plaintext = sm4.decrypt(content.subarray(0, -tagLength), key, { ...options(iv, aad), tag });
        return concat(plaintext).buffer;
      }),
  };
}

type Sm4 = typeof sm4Library;
