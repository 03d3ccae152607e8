import { defineCommand, type CustomCommand } from 'just-bash/browser';
import { binaryResult, bytesOfText } from './bytes.ts';

interface Options {
  plain: boolean;
  reverse: boolean;
  upper: boolean;
  columns: number;
  length: number;
  skip: number;
}

const usage = 'usage: xxd [-p] [-r] [-u] [-c columns] [-l length] [-s offset] [infile [outfile]]\n';

/** `xxd`, which the tutorials use to see keys and to hand them over in hexadecimal. */
export const xxdCommand: CustomCommand = defineCommand('xxd', async (args, { fs, cwd, stdin }) => {
  const read = readArguments(args);
  if (!read) return { stdout: '', stderr: usage, exitCode: 1 };
  const { options, files } = read;
  const [from = '-', to] = files;
  let input: Uint8Array;
  try {
    input = from === '-' ? bytesOfText(stdin) : await fs.readFileBuffer(fs.resolvePath(cwd, from));
  } catch {
    return { stdout: '', stderr: `xxd: ${from}: No such file or directory\n`, exitCode: 2 };
  }
  const part = input.subarray(options.skip, options.skip + options.length);
  const output = options.reverse
    ? undone(part, options.plain)
    : new TextEncoder().encode(dump(part, options));
  if (to === undefined) return binaryResult(output, '', 0);
  await fs.writeFile(fs.resolvePath(cwd, to), output);
  return { stdout: '', stderr: '', exitCode: 0 };
});

function readArguments(args: readonly string[]): { options: Options; files: string[] } | undefined {
  const options: Options = {
    plain: false,
    reverse: false,
    upper: false,
    columns: 0,
    length: Infinity,
    skip: 0,
  };
  const files: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    // A value stands apart or at its letter: `-c 32`, `-c32`.
    const [, letter = '', attached = ''] = /^-([cls])(\w*)$/.exec(arg) ?? [];
    if (letter !== '') {
      const value = Number(attached === '' ? args[++at] : attached);
      if (!Number.isInteger(value) || value < 0) return undefined;
      if (letter === 'c') options.columns = value;
      else if (letter === 'l') options.length = value;
      else options.skip = value;
    } else if (/^-(p|ps|plain)$/.test(arg)) options.plain = true;
    else if (/^-(r|revert)$/.test(arg)) options.reverse = true;
    else if (arg === '-u') options.upper = true;
    else if (/^-(rp|pr)$/.test(arg)) options.plain = options.reverse = true;
    else if (arg.startsWith('-') && arg !== '-') return undefined;
    else files.push(arg);
  }
  return { options, files };
}

function dump(bytes: Uint8Array, { plain, upper, columns }: Options): string {
  const width = columns || (plain ? 30 : 16);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    const part = [...bytes.subarray(at, at + width)];
    const pairs = part.map((byte) => byte.toString(16).padStart(2, '0'));
    const hex = (upper ? pairs.map((pair) => pair.toUpperCase()) : pairs).join('');
    if (plain) {
      lines.push(`${hex}\n`);
      continue;
    }
    const groups = (hex.match(/.{1,4}/g) ?? []).join(' ').padEnd(width * 2 + Math.ceil(width / 2) - 1);
    const text = part
      .map((byte) => (byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.'))
      .join('');
    lines.push(`${at.toString(16).padStart(8, '0')}: ${groups}  ${text}\n`);
  }
  return lines.join('');
}

function undone(text: Uint8Array, plain: boolean): Uint8Array {
  const lines = new TextDecoder().decode(text).split('\n');
  const digits = plain
    ? lines.join('')
    : lines.map((line) => line.replace(/^\w+: ?/, '').split('  ', 1)[0]).join('');
  const pairs = digits.replace(/\s/g, '').match(/[\da-f]{2}/gi) ?? [];
  return Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
}
