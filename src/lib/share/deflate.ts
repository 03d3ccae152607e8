/** Raw DEFLATE (RFC 1951) by the platform. */

type Bytes = Uint8Array<ArrayBuffer>;

export function deflate(bytes: Bytes): Promise<Bytes> {
  return read(through(bytes, new CompressionStream('deflate-raw')), Infinity);
}

/**
 * Stops as soon as there is more than `most`, so that nothing which unfolds for ever is unfolded.
 * @throws RangeError when there is more; TypeError for bytes that are not DEFLATE
 */
export function inflate(bytes: Bytes, most: number): Promise<Bytes> {
  return read(through(bytes, new DecompressionStream('deflate-raw')), most);
}

function through(bytes: Bytes, stream: CompressionStream | DecompressionStream): ReadableStream<Bytes> {
  const writer = stream.writable.getWriter();
  // What fails here fails the reading as well.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  return stream.readable;
}

async function read(stream: ReadableStream<Bytes>, most: number): Promise<Bytes> {
  const reader = stream.getReader();
  const pieces: Bytes[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel().catch(() => undefined);
      throw new RangeError('There is more than may be.');
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
