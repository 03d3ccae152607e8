import { fromBase64, toBase64 } from '../../envelope/base64.ts';

/** How bytes stand in a recording, which is JSON. */
interface WrittenBytes {
  /** Base64. */
  $bytes: string;
}

/** JSON text of what a trace or a view holds. The same value always gives the same text. */
export function writeRecording(value: unknown): string {
  const bytesAsText = (_name: string, part: unknown) =>
    part instanceof Uint8Array ? ({ $bytes: toBase64(part) } satisfies WrittenBytes) : part;
  return `${JSON.stringify(value, bytesAsText, 1)}\n`;
}

/** Reads what `writeRecording` wrote, once it has been parsed: a copy that has the bytes. */
export function readRecording(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readRecording);
  if (typeof value !== 'object' || value === null) return value;
  if (isWrittenBytes(value)) return fromBase64(value.$bytes);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, readRecording(part)]));
}

function isWrittenBytes(value: object): value is WrittenBytes {
  return '$bytes' in value && typeof value.$bytes === 'string';
}
