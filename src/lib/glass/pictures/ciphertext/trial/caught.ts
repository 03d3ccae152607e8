/** Who notices that bytes are not what they were. */
export type Catcher =
  /** KMS; the trace tells which of its rooms. */
  | 'kms'
  /** Whoever takes the bytes apart, before anything is opened. */
  | 'reader'
  /** The AWS Encryption SDK's key commitment, header tag, order of frames, frame's tag, signature. */
  | 'commitment'
  | 'header-tag'
  | 'frame-order'
  | 'frame-tag'
  | 'signature'
  /** The tag of an envelope's chunk. */
  | 'chunk-tag';

/** Changed bytes did not get through. */
export class Caught extends Error {
  constructor(
    readonly by: Catcher,
    /** The error's own name, as `InvalidCiphertextException`. */
    override readonly name: string,
    message: string,
    /** The request that KMS refused. */
    readonly requestId?: string,
  ) {
    super(message);
  }
}
