/**
 * The learner's desk: what KMS hands over and never keeps, so that somebody else must. Checks look at
 * these things themselves, byte by byte, not at how they were made.
 */
export interface Desk {
  /** What Encrypt returned, in order, each with what went in. */
  secrets: readonly { plaintext: Uint8Array; ciphertext: Uint8Array }[];
  /** The file to protect. */
  file?: File | undefined;
  dataKey?: DataKey | undefined;
  /** The sealed file with its encrypted data key. */
  envelope?: Blob | undefined;
  /** What came out of the envelope. */
  opened?: Blob | undefined;
}

/** A data key from GenerateDataKey, in its two forms. */
export interface DataKey {
  /** Only as long as it is in use: forgetting it means that it is no longer here, or anywhere. */
  plaintext?: Uint8Array<ArrayBuffer> | undefined;
  /** CiphertextBlob. Safe to keep anywhere. */
  encrypted: Uint8Array<ArrayBuffer>;
  /** What must be said to Decrypt again. */
  context: Record<string, string>;
  /** The KMS key that encrypted it. */
  keyArn: string;
}

export const emptyDesk: Desk = { secrets: [] };
