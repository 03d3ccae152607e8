/** Why an envelope could not be made or read. The name survives the way between worker and page. */
export type EnvelopeFault =
  /** The bytes do not begin with the magic. */
  | 'NotAnEnvelope'
  /** An envelope, of a version that this reader does not know. */
  | 'UnsupportedVersion'
  /** The header is longer than the format allows. */
  | 'HeaderTooLong'
  /** The header is not the JSON object that the format describes. */
  | 'MalformedHeader'
  /** Bytes are missing at the end. */
  | 'Truncated'
  /** Bytes follow the last chunk. */
  | 'TrailingBytes'
  /** A chunk's tag does not match: changed bytes, moved chunks, changed header or another data key. */
  | 'NotAuthentic'
  /** The file cannot be read any more: changed on disk, moved, or taken away. */
  | 'Unreadable'
  /** The data key is not 32 bytes. */
  | 'WrongKeyLength'
  /** No plaintext data key is held: none was given, or it has been forgotten. */
  | 'NoDataKey'
  /** The disk or the browser's storage quota is full. */
  | 'NoRoom';

export class EnvelopeError extends Error {
  constructor(
    override readonly name: EnvelopeFault,
    message: string,
  ) {
    super(message);
  }
}
