import type { Step } from '../trace/trace.ts';

/**
 * The cryptographic module, as the rest of the engine sees it: commands in, results out, no keys.
 * It may live in another worker, so everything here is plain data that can be cloned.
 *
 * It stands for the modules of all Regions. Each Region has a domain of its own, with its own domain key; the
 * Region of a command is the one in the key ARN that it names, and a token of one domain never opens in another.
 */

export type RsaSpec = 'RSA_2048' | 'RSA_3072' | 'RSA_4096';
export type NistCurveSpec = 'ECC_NIST_P256' | 'ECC_NIST_P384' | 'ECC_NIST_P521';
export type HmacSpec = 'HMAC_224' | 'HMAC_256' | 'HMAC_384' | 'HMAC_512';
export type MlDsaSpec = 'ML_DSA_44' | 'ML_DSA_65' | 'ML_DSA_87';
export type MlKemSpec = 'ML_KEM_512' | 'ML_KEM_768' | 'ML_KEM_1024';

/** A backing key's kind; the names are AWS's KeySpec values. */
export type BackingKeySpec =
  | 'SYMMETRIC_DEFAULT'
  | RsaSpec
  | NistCurveSpec
  | 'ECC_SECG_P256K1'
  | 'ECC_NIST_EDWARDS25519'
  | HmacSpec
  | MlDsaSpec
  | MlKemSpec
  | 'SM2';

/** Kinds of data key pairs; AWS's DataKeyPairSpec. */
export type DataKeyPairSpec =
  | RsaSpec
  | NistCurveSpec
  | 'ECC_SECG_P256K1'
  | 'ECC_NIST_EDWARDS25519'
  | MlKemSpec
  | 'SM2';

export type EncryptionAlgorithm = 'SYMMETRIC_DEFAULT' | 'RSAES_OAEP_SHA_1' | 'RSAES_OAEP_SHA_256' | 'SM2PKE';

export type SigningAlgorithm =
  | 'RSASSA_PSS_SHA_256'
  | 'RSASSA_PSS_SHA_384'
  | 'RSASSA_PSS_SHA_512'
  | 'RSASSA_PKCS1_V1_5_SHA_256'
  | 'RSASSA_PKCS1_V1_5_SHA_384'
  | 'RSASSA_PKCS1_V1_5_SHA_512'
  | 'ECDSA_SHA_256'
  | 'ECDSA_SHA_384'
  | 'ECDSA_SHA_512'
  | 'ED25519_SHA_512'
  | 'ED25519_PH_SHA_512'
  | 'ML_DSA_SHAKE_256'
  | 'SM2DSA';

export type MacAlgorithm = 'HMAC_SHA_224' | 'HMAC_SHA_256' | 'HMAC_SHA_384' | 'HMAC_SHA_512';

/** How key material is wrapped to be imported; AWS's AlgorithmSpec. */
export type WrappingAlgorithm =
  | 'RSAES_OAEP_SHA_1'
  | 'RSAES_OAEP_SHA_256'
  | 'RSA_AES_KEY_WRAP_SHA_1'
  | 'RSA_AES_KEY_WRAP_SHA_256'
  | 'SM2PKE';

/** AWS's WrappingKeySpec. */
export type WrappingKeySpec = RsaSpec | 'SM2';

/**
 * `RAW`: the module hashes the message. `DIGEST`: the message is the hash already. `EXTERNAL_MU`: it is the
 * 64-byte μ of FIPS 204 (ML-DSA only).
 */
export type MessageType = 'RAW' | 'DIGEST' | 'EXTERNAL_MU';

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
  /** The sealed key (PKCS #8 where Web Crypto knows the algorithm, raw otherwise) and its 16-byte tag. */
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
  /** The ciphertext does not authenticate or unwrap: altered, wrong key, wrong length, other context. */
  | 'CIPHERTEXT_REJECTED'
  /** ReEncrypt only: what was decrypted is empty, or longer than the destination key can take. */
  | 'PLAINTEXT_UNFIT'
  /** The signature does not match. */
  | 'SIGNATURE_REJECTED'
  /** The MAC does not match. */
  | 'MAC_REJECTED'
  /** A public key that was handed in is no DER SubjectPublicKeyInfo, or not of the curve of the key. */
  | 'PUBLIC_KEY_REJECTED'
  /** The import token is none of this module's, or was made for another KMS key. */
  | 'IMPORT_TOKEN_REJECTED'
  /** The import token is older than its 24 hours. */
  | 'IMPORT_TOKEN_EXPIRED'
  /** What was unwrapped is no key of this spec: wrong length, wrong curve, no PKCS #8. */
  | 'MATERIAL_UNFIT'
  /** The attestation document does not verify: signature, certificate chain, age or form. */
  | 'ATTESTATION_REJECTED'
  /** No module of the domain is in service. */
  | 'MODULE_UNAVAILABLE';

export type HsmResult<Output> =
  | ({ ok: true } & Output & Described)
  | ({ ok: false; refusal: Refusal } & Described);

/** What one side of an Encrypt, Decrypt or ReEncrypt works with. */
export interface CipherSide {
  token: ExportedKeyToken;
  algorithm: EncryptionAlgorithm;
  /** Symmetric keys only; `{}` otherwise. */
  context: EncryptionContext;
  /** Asymmetric keys only, to encrypt: the token's public key, DER SubjectPublicKeyInfo. */
  publicKey?: Uint8Array;
}

/**
 * An enclave's public key (RSA, DER SubjectPublicKeyInfo) out of an attestation document that `readAttestation`
 * has found good. With one, the plaintext leaves the module as CMS EnvelopedData to that key, and in no other form.
 */
export interface ForRecipient {
  recipient?: Uint8Array;
}

/** What comes out in place of a plaintext when there is a recipient: CMS EnvelopedData (RFC 5652 §6), in BER. */
export interface RecipientOutput {
  ciphertextForRecipient?: Uint8Array;
}

/** What an attestation document says, once it has verified. */
export interface Attestation {
  /** `i-1234567890abcdef0-enc0123456789abcdef`, or `…-tpm…` for a NitroTPM. */
  moduleId: string;
  kind: 'enclave' | 'nitrotpm';
  /** Platform configuration registers by number, lower-case hex. All-zero registers are included. */
  pcrs: Record<number, string>;
  /** RSA, DER SubjectPublicKeyInfo. */
  publicKey: Uint8Array;
  /** Milliseconds since the Unix epoch. */
  timestamp: number;
}

/** One domain key, as far as it may be shown. */
export interface DomainKeyView {
  id: string;
  /** Milliseconds since the Unix epoch. */
  created: number;
  /** The active one seals; deactivated ones only open what they once sealed, until nothing is left that they sealed. */
  state: 'active' | 'deactivated';
}

/**
 * One hardware security module of a domain. `in-service`: powered, has the domain keys in its memory. `offline`: in a
 * safe, without power, with its own keys kept. `lost`: its power failed, and all that was in it is gone. `tampered`:
 * its case was opened, and it zeroised itself.
 */
export interface MemberView {
  /** `hsm-a` … */
  name: string;
  /** The zone that it stands in, or `safe`. */
  place: 'a' | 'b' | 'c' | 'safe';
  state: 'in-service' | 'offline' | 'lost' | 'tampered';
  /** Changes when another module takes its place. */
  serialNumber: string;
  /** Commands that it served since the module was switched on. */
  commands: number;
  /** Handles of backing keys in its memory now. */
  handles: number;
  /** Ids of the domain keys in its memory. */
  domainKeys: string[];
}

/** One of AWS's own people. They look after modules; none of them can use a KMS key, or see one. */
export interface OperatorView {
  name: string;
  role: OperatorRole;
}

/** The two teams that AWS keeps apart (AWS KMS Cryptographic Details, "Domains and domain state"). */
export type OperatorRole = 'KMS operator' | 'security officer';

/** How many signatures of each role a command needs. */
export type Quorum = Partial<Record<OperatorRole, number>>;

/** What only a quorum of operators may order: with another member in service, and when the offline one is fetched. */
export type QuorumCommand = 'replace a module' | 'replace a module from the safe';

/** Why an operator's command to a domain's modules was not carried out. */
export type FleetRefusal =
  /** No key was ever made in this Region, so it has no domain yet. */
  | { reason: 'UNKNOWN_DOMAIN'; region: string }
  | { reason: 'UNKNOWN_MEMBER'; member: string }
  | { reason: 'UNKNOWN_OPERATOR'; operator: string }
  /** Only a module that has failed is replaced. */
  | { reason: 'MEMBER_IN_SERVICE'; member: string }
  /** `missing`: how many more of each role would have to sign. */
  | { reason: 'NOT_ENOUGH_SIGNATURES'; command: QuorumCommand; needs: Quorum; missing: Quorum }
  /** No module of the domain is in service; one of them can still be replaced with the offline one's help. */
  | { reason: 'MODULE_UNAVAILABLE'; region: string }
  /** No module is left that could open the domain token: all that the domain has sealed is lost for ever. */
  | { reason: 'DOMAIN_LOST'; region: string };

export type FleetResult<Output> =
  | ({ ok: true } & Output & Described)
  | ({ ok: false; refusal: FleetRefusal } & Described);

/** One way to get at a key, tried. */
export interface Attempt {
  /** `exportKey raw`, `wrapKey` … */
  name: string;
  /** The very code that was run, to read. */
  code: string;
  outcome: 'refused' | 'got-through';
  /** The browser's own error. */
  error?: { name: string; message: string };
  /** What was got, never the key itself. */
  got?: string;
  /** Why it came out so, in a sentence or two. */
  why: string;
}

/** One Region's domain, as far as it may be shown. */
export interface DomainView {
  region: string;
  /** The active domain key, and when it was made; milliseconds since the Unix epoch. */
  domainKeyId: string;
  created: number;
  /** Newest first. */
  keys: DomainKeyView[];
  members: MemberView[];
  operators: OperatorView[];
  /** Who must sign that a module may join: with another member in service, and when the offline one must be fetched. */
  rules: { command: QuorumCommand; needs: Quorum }[];
  /** The domain's exported state, that only its members can open. */
  token: { generation: number; made: number; bytes: number };
}

/** The module's state as it may be shown: counts and ids. */
export interface HsmView {
  /** Changes when the module is zeroised: a cloud's tokens belong to one module. */
  moduleId: string;
  /** Every domain that has been needed so far, by Region name. */
  domains: DomainView[];
  /** Commands served since the module started. */
  commands: number;
  durability: 'memory' | 'durable';
  /** What all its keys and nonces follow from, where it was made from a seed: then nothing in it is secret. */
  seed?: string;
}

export interface Hsm {
  /**
   * Makes a backing key and exports its token. `publicKey` is DER SubjectPublicKeyInfo, for asymmetric keys.
   * KeyMaterialId depends on key id and material, so that copies of a multi-Region key share it.
   */
  generateBackingKey(
    command: { keyArn: string; spec: BackingKeySpec } & Watched,
  ): Promise<HsmResult<{ token: ExportedKeyToken; publicKey?: Uint8Array }>>;

  /** `plaintext` 1–4096 bytes, or what RSA or SM2 can carry. Yields a KMS ciphertext blob, or bare RSA or SM2 bytes. */
  encrypt(
    command: CipherSide & { plaintext: Uint8Array } & Watched,
  ): Promise<HsmResult<{ ciphertext: Uint8Array }>>;

  /** `plaintext` is left out when there is a recipient. */
  decrypt(
    command: CipherSide & { ciphertext: Uint8Array } & ForRecipient & Watched,
  ): Promise<HsmResult<{ plaintext?: Uint8Array } & RecipientOutput>>;

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
    } & ForRecipient &
      Watched,
  ): Promise<HsmResult<{ ciphertext: Uint8Array; plaintext?: Uint8Array } & RecipientOutput>>;

  /**
   * Makes a key pair and encrypts its private key (PKCS #8 DER; ML-KEM in seed form) under the symmetric
   * `token`. `publicKey` is DER SubjectPublicKeyInfo.
   */
  generateDataKeyPair(
    command: {
      token: ExportedKeyToken;
      context: EncryptionContext;
      pairSpec: DataKeyPairSpec;
      withPlaintext: boolean;
    } & ForRecipient &
      Watched,
  ): Promise<
    HsmResult<{ ciphertext: Uint8Array; publicKey: Uint8Array; privateKey?: Uint8Array } & RecipientOutput>
  >;

  /** 1–1024 bytes from the module's random bit generator; `bytes` is left out when there is a recipient. */
  generateRandom(
    command: { length: number } & ForRecipient & Watched,
  ): Promise<HsmResult<{ bytes?: Uint8Array } & RecipientOutput>>;

  /** ECDSA and SM2DSA signatures are DER (X9.62), RSA and the others bare bytes. */
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

  /** HMAC of a 1–4096-byte message under an HMAC_* key; the algorithm must be that of the token's spec. */
  generateMac(
    command: { token: ExportedKeyToken; algorithm: MacAlgorithm; message: Uint8Array } & Watched,
  ): Promise<HsmResult<{ mac: Uint8Array }>>;

  /** `ok` when the MAC is right, refusal `MAC_REJECTED` when not. */
  verifyMac(
    command: {
      token: ExportedKeyToken;
      algorithm: MacAlgorithm;
      message: Uint8Array;
      mac: Uint8Array;
    } & Watched,
  ): Promise<HsmResult<object>>;

  /** ECDH (SP 800-56A) with the other side's `publicKey`, DER SPKI of the token's curve: the raw x coordinate. */
  deriveSharedSecret(
    command: { token: ExportedKeyToken; publicKey: Uint8Array } & ForRecipient & Watched,
  ): Promise<HsmResult<{ sharedSecret?: Uint8Array } & RecipientOutput>>;

  /** ML-KEM (FIPS 203) under the token's own `publicKey`, DER SPKI: a 32-byte secret and its ciphertext. */
  encapsulate(
    command: { token: ExportedKeyToken; publicKey: Uint8Array } & Watched,
  ): Promise<HsmResult<{ sharedSecret: Uint8Array; ciphertext: Uint8Array }>>;

  /** Altered ciphertext of the right length gives other bytes, not a refusal (FIPS 203, implicit rejection). */
  decapsulate(
    command: { token: ExportedKeyToken; ciphertext: Uint8Array } & Watched,
  ): Promise<HsmResult<{ sharedSecret: Uint8Array }>>;

  /**
   * Makes a wrapping key pair for one import. The import token (at most 6144 bytes, opaque) holds the private
   * half, the KMS key's ARN, the algorithm and `validTo`, sealed by the domain key.
   */
  beginImport(
    command: {
      keyArn: string;
      wrappingKeySpec: WrappingKeySpec;
      wrappingAlgorithm: WrappingAlgorithm;
      /** Milliseconds since the Unix epoch. */
      validTo: number;
    } & Watched,
  ): Promise<HsmResult<{ importToken: Uint8Array; publicKey: Uint8Array }>>;

  /**
   * Unwraps material, holds it against `spec`, and exports it as a backing key's token. The caller compares
   * `token.materialId` with what was imported before. `now` is the cloud's time.
   */
  importMaterial(
    command: {
      keyArn: string;
      spec: BackingKeySpec;
      importToken: Uint8Array;
      encryptedMaterial: Uint8Array;
      now: number;
    } & Watched,
  ): Promise<HsmResult<{ token: ExportedKeyToken; publicKey?: Uint8Array }>>;

  /**
   * Copies a backing key to the domain of another Region: signed ephemeral ECDH P-384 between the two domains,
   * the key wrapped under what they agree on, sealed anew under the other domain key. `replicaArn` has the same
   * key id; only its Region differs. (AWS KMS Cryptographic Details, "Multi-Region keys".)
   */
  replicate(
    command: { token: ExportedKeyToken; replicaArn: string } & Watched,
  ): Promise<HsmResult<{ token: ExportedKeyToken }>>;

  /**
   * Plays the Nitro hypervisor for this cloud's simulated enclaves: a signed attestation document (COSE_Sign1,
   * ES384) under a certificate chain that ends in the cloud's own root.
   */
  attest(command: {
    kind: 'enclave' | 'nitrotpm';
    pcrs: Record<number, string>;
    /** RSA, DER SubjectPublicKeyInfo. */
    publicKey: Uint8Array;
    now: number;
  }): Promise<{ document: Uint8Array; rootCertificate: Uint8Array }>;

  /** Verifies an attestation document against the cloud's own root. */
  readAttestation(
    command: { document: Uint8Array; now: number } & Watched,
  ): Promise<HsmResult<{ attestation: Attestation }>>;

  /**
   * The domain makes a new domain key, which seals from now on. The one before is deactivated: it still opens what it
   * has sealed, until `retireDomainKeys`.
   */
  rotateDomainKey(command: { region: string } & Watched): Promise<FleetResult<{ domainKeyId: string }>>;

  /**
   * Seals tokens anew, each under the active key of its own domain, in the order given; `undefined` for one that does
   * not open. Refuses with `MODULE_UNAVAILABLE` when a token's domain has no module in service.
   */
  reseal(
    command: { tokens: ExportedKeyToken[] } & Watched,
  ): Promise<HsmResult<{ tokens: (ExportedKeyToken | undefined)[] }>>;

  /** The Region's modules let go of the handles that they remember of these backing keys: their tokens are shredded. */
  forget(command: { region: string; materialIds: string[] }): Promise<void>;

  /** Forgets these domain keys, but for the active one: what they alone have sealed is lost for ever. */
  retireDomainKeys(
    command: { region: string; domainKeyIds: string[] } & Watched,
  ): Promise<FleetResult<{ retired: string[] }>>;

  /**
   * Disaster. `power`: what is in the modules' memory is gone, and their own keys with it. `tamper`: they zeroise
   * themselves because somebody opens their case, with the same result. Members that have failed before stay as they
   * are.
   */
  failMembers(
    command: { region: string; members: string[]; how: 'power' | 'tamper' } & Watched,
  ): Promise<FleetResult<object>>;

  /**
   * A new module takes the place of one that has failed. `signers`, by name, sign the change; a member in service
   * holds their signatures against the domain's rule, and writes the domain token that the newcomer can open. With
   * no member in service the offline one is fetched from its safe (`fetched`), which takes another quorum.
   */
  replaceMember(
    command: { region: string; member: string; signers: string[] } & Watched,
  ): Promise<FleetResult<{ serialNumber: string; fetched: boolean }>>;

  /** Tries in earnest to get the key in a token out of the module. Never gives a byte of it. */
  attemptExport(command: { token: ExportedKeyToken } & Watched): Promise<HsmResult<{ attempts: Attempt[] }>>;

  /**
   * All domain keys, each wrapped under a key that follows from the passphrase: what CloudHSM's backup is to its
   * cluster. `domainKeyIds`: which. Refuses when a domain has no module in service.
   * @param command.iterations how often the passphrase is hashed; 1,000,000 unless told
   */
  backup(command: {
    passphrase: string;
    iterations?: number;
  }): Promise<FleetResult<{ backup: Uint8Array; domainKeyIds: string[] }>>;

  /**
   * Makes new modules out of a backup, and keeps them beside those at work until `adopt` chooses. Not `ok`: it was
   * changed, or the passphrase is another.
   */
  restore(command: {
    backup: Uint8Array;
    passphrase: string;
  }): Promise<{ ok: true; moduleId: string } | { ok: false }>;

  /**
   * Of the module at work and a restored one that waits, the one with this id stays, and the other is forgotten, all or
   * nothing. False: neither has it; the one at work stays. So whoever restores records and module together stores the
   * module first, then the records with its id, and a crash at any time leaves the old of both or the new of both.
   */
  adopt(command: { moduleId: string }): Promise<boolean>;

  view(): Promise<HsmView>;

  /**
   * Zeroise: forgets every domain key. All tokens sealed so far become unreadable, for ever. With a `seed`, all
   * that the module makes from now on follows from it.
   */
  zeroise(command?: { seed?: string }): Promise<void>;
}
