/** Bytes as the interpreter passes them: a text with one character a byte. */

export function bytesOfText(text: unknown): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(String(text), (character) => character.charCodeAt(0));
}

export function textOfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** The result of a command whose output may be of any bytes. */
export function binaryResult(
  stdout: Uint8Array,
  stderr: string,
  exitCode: number,
): { stdout: string; stderr: string; exitCode: number; stdoutKind: 'bytes'; stdoutEncoding: 'binary' } {
  return { stdout: textOfBytes(stdout), stderr, exitCode, stdoutKind: 'bytes', stdoutEncoding: 'binary' };
}
