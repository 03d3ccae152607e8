import type { Step } from '../trace/trace.ts';

/**
 * The cryptographic module, as the rest of the engine sees it: commands in, results out, no keys.
 * It may live in another worker, so everything here is plain data that can be cloned.
 */

/** A backing key's kind; the names are AWS's KeySpec values. */
export type BackingKeySpec = 'SYMMETRIC_DEFAULT' | 'RSA_2048' | 'RSA_3072' | 'RSA_4096';

export type EncryptionAlgorithm = 'SYMMETRIC_DEFAULT' | 'RSAES_OAEP_SHA_1' | 'RSAES_OAEP_SHA_256';

export type SigningAlgorithm =
  | 'RSASSA_PSS_SHA_256'
  | 'RSASSA_PSS_SHA_384'
  | 'RSASSA_PSS_SHA_512'
  | 'RSASSA_PKCS1_V1_5_SHA_256'
  | 'RSASSA_PKCS1_V1_5_SHA_384'
  | 'RSASSA_PKCS1_V1_5_SHA_512';

/** `RAW`: the module hashes the message. `DIGEST`: the message is the hash already. */
export type MessageType = 'RAW' | 'DIGEST';

export type EncryptionContext = Readonly<Record<string, string>>;

/**
 * Exported key token (EKT): a backing key sealed under the domain key by `wrapKey`. This is the only form
 * in which a backing key leaves the module (facts: AWS KMS Cryptographic Details, "HSM backing keys").
 */
export interface ExportedKeyToken {
  /** Id of the backing key, 64 lower-case hex digits; AWS shows it as KeyMaterialId. */
  materialId: string;
  /** ARN of the KMS key that it belongs to; bound into the seal as additional authenticated data. */
  keyArn: string;
  spec: BackingKeySpec;
  /** Which domain key sealed it. */
  domainKeyId: string;
  /** 12-byte AES-GCM nonce of the seal. */
  iv: Uint8Array;
  /** The sealed key (raw for symmetric, PKCS #8 for RSA) and its 16-byte tag. */
  sealed: Uint8Array;
}

/** Asks the module to describe, for the glass, what it did. */
export interface Watched {
  watched?: boolean;
}

/** Steps are empty unless the command asked for them. */
export interface Described {
  steps: Step[];
}

/** Why the module would not do it. Nothing else about the failure leaves the module. */
export type Refusal =
  /** The token does not open: altered, or sealed by a domain that this module is not a member of. */
  | 'TOKEN_REJECTED'
  /** The ciphertext does not authenticate: altered, wrong key, or another encryption context. */
  | 'CIPHERTEXT_REJECTED'
  /** ReEncrypt only: what was decrypted is empty, or longer than the destination key can take. */
  | 'PLAINTEXT_UNFIT'
  /** The signature does not match. */
  | 'SIGNATURE_REJECTED';

export type HsmResult<Output> =
  ({ ok: true } & Output & Described) | ({ ok: false; refusal: Refusal } & Described);

/** What one side of an Encrypt, Decrypt or ReEncrypt works with. */
export interface CipherSide {
  token: ExportedKeyToken;
  algorithm: EncryptionAlgorithm;
  /** Symmetric keys only; `{}` otherwise. */
  context: EncryptionContext;
  /** RSA keys only, to encrypt: the token's public key, DER SubjectPublicKeyInfo. */
  publicKey?: Uint8Array;
}

/** The module's state as it may be shown: counts and ids. */
export interface HsmView {
  domainKeyId: string;
  /** When the active domain key was made; milliseconds since the Unix epoch. */
  domainKeyCreated: number;
  /** Commands served since the module started. */
  commands: number;
  durability: 'memory' | 'durable';
}

export interface Hsm {
  /** Makes a backing key and exports its token. `publicKey` is DER SubjectPublicKeyInfo, for RSA. */
  generateBackingKey(
    command: { keyArn: string; spec: BackingKeySpec } & Watched,
  ): Promise<HsmResult<{ token: ExportedKeyToken; publicKey?: Uint8Array }>>;

  /** `plaintext` 1–4096 bytes, or what RSA can carry. Yields a KMS ciphertext blob, or bare RSA bytes. */
  encrypt(
    command: CipherSide & { plaintext: Uint8Array } & Watched,
  ): Promise<HsmResult<{ ciphertext: Uint8Array }>>;

  decrypt(
    command: CipherSide & { ciphertext: Uint8Array } & Watched,
  ): Promise<HsmResult<{ plaintext: Uint8Array }>>;

  /** Decrypt and encrypt without the plaintext leaving the module. */
  reEncrypt(
    command: { source: CipherSide & { ciphertext: Uint8Array }; destination: CipherSide } & Watched,
  ): Promise<HsmResult<{ ciphertext: Uint8Array }>>;

  /** Draws a data key of `length` bytes (1–1024) and encrypts it. The plaintext is left out unless asked for. */
  generateDataKey(
    command: {
      token: ExportedKeyToken;
      context: EncryptionContext;
      length: number;
      withPlaintext: boolean;
    } & Watched,
  ): Promise<HsmResult<{ ciphertext: Uint8Array; plaintext?: Uint8Array }>>;

  /** 1–1024 bytes from the module's random bit generator. */
  generateRandom(command: { length: number } & Watched): Promise<HsmResult<{ bytes: Uint8Array }>>;

  sign(
    command: {
      token: ExportedKeyToken;
      algorithm: SigningAlgorithm;
      message: Uint8Array;
      messageType: MessageType;
    } & Watched,
  ): Promise<HsmResult<{ signature: Uint8Array }>>;

  /** `ok` when the signature is valid, refusal `SIGNATURE_REJECTED` when not. `publicKey` is DER SPKI. */
  verify(
    command: {
      publicKey: Uint8Array;
      algorithm: SigningAlgorithm;
      message: Uint8Array;
      messageType: MessageType;
      signature: Uint8Array;
    } & Watched,
  ): Promise<HsmResult<object>>;

  view(): Promise<HsmView>;

  /** Zeroise: forgets every domain key. All tokens sealed so far become unreadable, for ever. */
  zeroise(): Promise<void>;
}
