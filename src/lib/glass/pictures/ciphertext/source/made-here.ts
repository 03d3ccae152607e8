import type { RequestLine } from '$engine/look/look.ts';
import type { TraceRecord } from '$engine/trace/trace.ts';

/** Operations whose answer holds a ciphertext blob. */
export const making: readonly string[] = [
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'ReEncrypt',
];

/** The requests that have made a ciphertext, newest first, each once. */
export function makersAmong(lines: readonly RequestLine[]): RequestLine[] {
  const byId = new Map(
    lines
      .filter(({ operation, status }) => status === 200 && making.includes(operation))
      .map((line) => [line.requestId, line]),
  );
  return [...byId.values()].sort((one, other) => other.time - one.time);
}

/** The ciphertext blob that a request has made, where its trace still has it. */
export function blobMadeIn(trace: TraceRecord): Uint8Array<ArrayBuffer> | undefined {
  for (const { fields } of trace.steps) {
    for (const { layout, direction, value } of fields) {
      if (layout === 'ciphertext-blob' && direction === 'out' && value instanceof Uint8Array) {
        return Uint8Array.from(value);
      }
    }
  }
  return undefined;
}
