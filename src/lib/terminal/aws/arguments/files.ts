import { parameterFailure } from '../failure.ts';
import type { AwsIo } from '../io.ts';

const messages: Record<string, string> = {
  ENOENT: '[Errno 2] No such file or directory',
  EISDIR: '[Errno 21] Is a directory',
  EACCES: '[Errno 13] Permission denied',
};

/**
 * What `file://` and `fileb://` lead to: text and bytes (awscli, `paramfile.py`). Anything else leads nowhere.
 * @throws CliFailure when the file cannot be read, or is no text where text is wanted
 */
export async function fileBehind(
  io: AwsIo,
  cliName: string,
  word: string,
): Promise<string | Uint8Array | undefined> {
  const [, scheme, given = ''] = /^(fileb?):\/\/(.*)$/s.exec(word) ?? [];
  if (scheme === undefined) return undefined;
  const path = expanded(given, io.env);
  let bytes: Uint8Array;
  try {
    bytes = await io.readFile(path);
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string };
    const why = messages[code] ? `${messages[code]}: '${path}'` : message;
    throw parameterFailure(cliName, `Unable to load paramfile ${word}: ${why}`);
  }
  if (scheme === 'fileb') return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw parameterFailure(
      cliName,
      `Unable to load paramfile (${path}), text contents could not be decoded.  If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.`,
    );
  }
}

/** `~` and `$NAME`, which the shell leaves alone behind a scheme. */
function expanded(path: string, env: AwsIo['env']): string {
  return path
    .replace(/^~(?=\/|$)/, env['HOME'] ?? '~')
    .replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
      return env[braced ?? bare ?? ''] ?? whole;
    });
}
