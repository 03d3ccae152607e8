/**
 * `openssl`, as far as AWS's tutorials on importing keys and verifying signatures use it: the same options, the same
 * bytes. Of error messages, those lines are the same that say what is wrong; the program's queue of internal errors is
 * not there. Framework-free.
 */
import { ciphers } from './ciphers.ts';
import { asn1parse } from './commands/asn1parse.ts';
import { dgst } from './commands/dgst.ts';
import { enc } from './commands/enc.ts';
import { ecparam, genpkey, genrsa } from './commands/generate.ts';
import { ec, pkcs8, pkey, rsa } from './commands/pkey.ts';
import { pkeyutl, rsautl } from './commands/pkeyutl.ts';
import { rand } from './commands/rand.ts';
import { digests } from './digests.ts';
import { Console, Failure, type OpensslIo, type OpensslResult } from './io.ts';

type Command = (console: Console, args: readonly string[]) => Promise<void>;

/** The version whose behaviour is followed; that it is not the program itself is said with it. */
const versionLine =
  'OpenSSL 3.0 (those commands that AWS’s tutorials use, made anew on Web Crypto by Glass KMS)\n';

const commands: Readonly<Record<string, Command>> = {
  asn1parse,
  base64: (console, args) => enc(console, args, 'base64'),
  dgst,
  ec,
  ecparam,
  enc,
  genpkey,
  genrsa,
  help: (console) => console.output(undefined, helpText()),
  pkcs8,
  pkey,
  pkeyutl,
  rand,
  rsa,
  rsautl,
  version: (console) => console.output(undefined, versionLine),
};

/** The names of the subcommands, for completion. */
export const opensslCommands: readonly string[] = Object.keys(commands);

/** Runs `openssl` with its arguments. Never rejects for what the learner wrote. */
export async function runOpenssl(args: readonly string[], io: OpensslIo): Promise<OpensslResult> {
  const [name = 'help', ...rest] = args;
  const console = new Console(io);
  try {
    const command = commandNamed(name);
    await command(console, rest);
    return console.result(0);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.message !== '') console.remark(error.message);
    return console.result(1);
  }
}

/** Digests and ciphers are commands too: `openssl sha256 file`. */
function commandNamed(name: string): Command {
  if (Object.hasOwn(commands, name)) return commands[name]!;
  const digest = digests.get(name);
  if (digest) return (console, args) => dgst(console, args, digest);
  if (ciphers.has(name)) return (console, args) => enc(console, args, name);
  throw new Failure(`Invalid command '${name}'; type "help" for a list.`);
}

function helpText(): string {
  return [
    versionLine,
    `\nCommands\n${Object.keys(commands).join(' ')}`,
    `\n\nMessage digests (see \`dgst')\n${[...digests.keys()].join(' ')}`,
    `\n\nCiphers (see \`enc')\n${[...ciphers.keys()].join(' ')}\n`,
  ].join('');
}
