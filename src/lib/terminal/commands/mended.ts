/** Commands of the interpreter that need a little more to be bash's. */
import { defineCommand, type CustomCommand } from 'just-bash/browser';
import { bytesOfText, textOfBytes } from './bytes.ts';

/** `printf` and `echo` write the byte that `\xff` names; the interpreter takes it for a character. */
function writesBytes(name: 'printf' | 'echo'): CustomCommand {
  return defineCommand(name, async (args, { origCommand }) => {
    const result = await origCommand!(args);
    const named = args.some((arg) => /\\(x[\da-f]|[0-7])/i.test(arg));
    const isPlain = !/[^\0-\x7f]/.test(args.join(''));
    const isBytes = named && isPlain && !/[^\0-\xff]/.test(result.stdout);
    return isBytes ? { ...result, stdoutKind: 'bytes', stdoutEncoding: 'binary' } : result;
  });
}

/** `env` lists what programs are given, not all variables. */
const env = defineCommand('env', async (args, { origCommand, exportedEnv = {} }) => {
  if (args.length > 0) return origCommand!(args);
  const lines = Object.entries(exportedEnv).map(([name, value]) => `${name}=${value}\n`);
  return { stdout: lines.join(''), stderr: '', exitCode: 0 };
});

/** `xargs` takes `-n1` as well as `-n 1`. */
const xargs = defineCommand('xargs', async (args, { origCommand }) => {
  const apart: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const [, option, value] = /^(-[InPd])(.*)$/s.exec(args[at]!) ?? [];
    if (option === undefined) {
      if (args[at]!.startsWith('-')) apart.push(args[at]!);
      else return origCommand!([...apart, ...args.slice(at)]);
    } else apart.push(option, value === '' ? (args[++at] ?? '') : value!);
  }
  return origCommand!(apart);
});

/** Pagers, without keys to turn pages by: everything at once, which the screen scrolls. */
const pagers = ['less', 'more'].map((name) =>
  defineCommand(name, async (args, context) => {
    const files = args.filter((arg) => !/^[-+]./.test(arg));
    return context.exec!(['cat', ...files].map(quoted).join(' '), {
      cwd: context.cwd,
      stdin: textOfBytes(bytesOfText(context.stdin)),
      stdinKind: 'bytes',
    });
  }),
);

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

export const mendedCommands: CustomCommand[] = [
  writesBytes('printf'),
  writesBytes('echo'),
  env,
  xargs,
  ...pagers,
];
