import { readArguments } from './arguments/argparse.ts';
import { services } from './services.ts';
import { configure } from './configure.ts';
import { CliFailure, exitCodes, unknownOptions } from './failure.ts';
import { globalOptions, readGlobals, type Globals } from './global-options.ts';
import { serviceHelp, topHelp } from './help.ts';
import type { AwsIo, AwsResult } from './io.ts';
import { runOperation } from './operation-command.ts';

/** What this is written after. */
export const version = 'aws-cli/2.9.19 Glass-KMS/0.1.0';

/** `aws help` is the help; this is what the AWS CLI's first look at a command line says to the usual flags. */
const shortUsage = `usage: aws [-h] [--profile PROFILE] [--debug]

options:
  -h, --help         show this help message and exit
  --profile PROFILE
  --debug
`;

/**
 * The AWS CLI, version 2, for the services of this cloud: takes what comes after `aws` on a command line.
 * Never rejects: what goes wrong stands in `stderr`, as the AWS CLI says it, with its exit code.
 */
export async function runAws(words: readonly string[], io: AwsIo): Promise<AwsResult> {
  try {
    return await run(words, io);
  } catch (error) {
    const failure =
      error instanceof CliFailure ? error : new CliFailure((error as Error).message, exitCodes.anythingElse);
    return { stdout: '', stderr: failure.stderr, exitCode: failure.exitCode };
  }
}

async function run(words: readonly string[], io: AwsIo): Promise<AwsResult> {
  // As argparse acts on it where it meets it, before it asks for a command.
  if (words[0] === '--version') return printed(`${version}\n`);
  if (words.includes('-h') || words.includes('--help')) return printed(shortUsage);
  const {
    values,
    positional: command,
    rest,
  } = readArguments(words, {
    options: globalOptions,
    positional: { name: 'command', choices: [...services.map(({ name }) => name), 'configure', 'help'] },
  });
  if (values.has('version')) return printed(`${version}\n`);
  const globals = readGlobals(values, io);
  if (command === 'help') return printed(topHelp());
  if (command === 'configure') return configure(rest, io, globals);
  return printed(await runService(command!, rest, globals, io));
}

async function runService(
  name: string,
  words: readonly string[],
  globals: Globals,
  io: AwsIo,
): Promise<string> {
  const service = services.find((known) => known.name === name)!;
  const { positional, rest } = readArguments(words, {
    options: [],
    positional: { name: 'operation', choices: [...service.operations.map(({ cliName }) => cliName), 'help'] },
  });
  if (positional === 'help') {
    if (rest.length > 0) throw unknownOptions(rest);
    return serviceHelp(service);
  }
  const operation = service.operations.find(({ cliName }) => cliName === positional)!;
  return runOperation(rest, service, operation, globals, io);
}

function printed(stdout: string): AwsResult {
  return { stdout, stderr: '', exitCode: 0 };
}
