/** An algorithm suite of the AWS Encryption SDK. */
export interface Suite {
  name: string;
  /** Version of the message format that it goes with. */
  format: 1 | 2;
  /** Bits of the AES key. */
  keyBits: 128 | 192 | 256;
  /** Hash of the key derivation (HKDF, RFC 5869); absent: the data key encrypts by itself. */
  kdf?: 'SHA-256' | 'SHA-384' | 'SHA-512';
  /** The message names one data key alone: no other opens it. */
  commits: boolean;
  /** Curve of the signature over the whole message. */
  signature?: 'P-256' | 'P-384';
}

const committing = { format: 2, keyBits: 256, kdf: 'SHA-512', commits: true } as const;

/** AWS Encryption SDK Developer Guide, "Algorithms reference". */
export const suites: ReadonlyMap<number, Suite> = new Map<number, Suite>([
  [0x0014, { name: 'AES-128-GCM', format: 1, keyBits: 128, commits: false }],
  [0x0046, { name: 'AES-192-GCM', format: 1, keyBits: 192, commits: false }],
  [0x0078, { name: 'AES-256-GCM', format: 1, keyBits: 256, commits: false }],
  [0x0114, { name: 'AES-128-GCM, HKDF-SHA-256', format: 1, keyBits: 128, kdf: 'SHA-256', commits: false }],
  [0x0146, { name: 'AES-192-GCM, HKDF-SHA-256', format: 1, keyBits: 192, kdf: 'SHA-256', commits: false }],
  [0x0178, { name: 'AES-256-GCM, HKDF-SHA-256', format: 1, keyBits: 256, kdf: 'SHA-256', commits: false }],
  [0x0214, signed(128, 'SHA-256', 'P-256')],
  [0x0346, signed(192, 'SHA-384', 'P-384')],
  [0x0378, signed(256, 'SHA-384', 'P-384')],
  [0x0478, { name: 'AES-256-GCM, HKDF-SHA-512, key commitment', ...committing }],
  [
    0x0578,
    { name: 'AES-256-GCM, HKDF-SHA-512, key commitment, ECDSA P-384', ...committing, signature: 'P-384' },
  ],
]);

function signed(keyBits: Suite['keyBits'], kdf: 'SHA-256' | 'SHA-384', signature: 'P-256' | 'P-384'): Suite {
  const name = `AES-${keyBits}-GCM, HKDF-${kdf}, ECDSA ${signature}`;
  return { name, format: 1, keyBits, kdf, commits: false, signature };
}
