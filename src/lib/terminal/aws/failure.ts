/** How the AWS CLI v2 says that something went wrong (awscli, `errorhandler.py` and `constants.py`). */
export const exitCodes = {
  /** Of the command line. */
  parameters: 252,
  /** Of the configuration: a missing Region, no credentials. */
  configuration: 253,
  /** The service answered with an error. */
  service: 254,
  anythingElse: 255,
} as const;

export class CliFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: number = exitCodes.parameters,
  ) {
    super(message);
  }

  get stderr(): string {
    return `\n${this.message}\n`;
  }
}

const usage = `usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
`;

/** A command line that cannot be read: with the usage. */
export function usageFailure(message: string): CliFailure {
  return new CliFailure(`${usage}\naws: error: ${message}\n`);
}

/** Options and words that nobody takes. */
export function unknownOptions(words: readonly string[]): CliFailure {
  return new CliFailure(`${usage}\nUnknown options: ${words.join(', ')}\n`);
}

/** What is wrong with the value of one argument. */
export function parameterFailure(cliName: string, message: string): CliFailure {
  return new CliFailure(`Error parsing parameter '${cliName}': ${message}`);
}
