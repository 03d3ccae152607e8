import { readBytes } from './format.ts';

/** Pieces fetched by one read. A read of a Blob is a trip to another process, dear in itself. */
const piecesPerTrip = 8;

/**
 * Reads a Blob front to back in pieces of `pieceLength` bytes (the last may be shorter), from byte `start`. Pieces
 * must be asked for in order, but need not be awaited in turn. The trip after the current one is always
 * under way already; older ones are let go, so about 16 pieces are held.
 */
export function pieceReader(
  source: Blob,
  start: number,
  pieceLength: number,
): (index: number) => Promise<Uint8Array<ArrayBuffer>> {
  const tripLength = pieceLength * piecesPerTrip;
  const trips = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();

  function trip(number: number): Promise<Uint8Array<ArrayBuffer>> {
    const under = trips.get(number);
    if (under) return under;
    const from = Math.min(source.size, start + number * tripLength);
    const bytes = readBytes(source, from, Math.min(source.size, from + tripLength));
    // Read ahead and perhaps never asked for; whoever asks still gets the rejection.
    bytes.catch(() => undefined);
    trips.set(number, bytes);
    trips.delete(number - 2);
    return bytes;
  }

  return async (index) => {
    const number = Math.floor(index / piecesPerTrip);
    const current = trip(number);
    if (start + (number + 1) * tripLength < source.size) void trip(number + 1);
    const from = (index % piecesPerTrip) * pieceLength;
    return (await current).subarray(from, from + pieceLength);
  };
}
