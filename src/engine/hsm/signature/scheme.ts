import type { Bytes } from '../bytes.ts';
import type { Workbench } from '../command.ts';
import type { ExportedKeyToken, MessageType, SigningAlgorithm } from '../hsm.ts';

/** What is signed. Its type is one that the algorithm takes, and its length fits that. */
export interface Message<Algorithm extends SigningAlgorithm = SigningAlgorithm> {
  algorithm: Algorithm;
  message: Uint8Array;
  messageType: MessageType;
}

/** How signatures of some algorithms are made and verified. */
export interface Scheme<Algorithm extends SigningAlgorithm> {
  /** `undefined`: the token does not open, or is not of a spec that signs so. */
  sign(bench: Workbench, token: ExportedKeyToken, message: Message<Algorithm>): Promise<Bytes | undefined>;

  /**
   * @param publicKey DER SubjectPublicKeyInfo
   * @throws unspecified errors for keys and signatures that are none
   */
  verify(publicKey: Uint8Array, message: Message<Algorithm>, signature: Uint8Array): Promise<boolean>;
}
