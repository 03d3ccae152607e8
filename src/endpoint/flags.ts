import { parseArgs } from 'node:util';

/** How the endpoint is to run. */
export interface Flags {
  /** 0 takes a free one. */
  port: number;
  /** Directory that the cloud is kept in; without one it is forgotten at the end. */
  data?: string;
  seed?: string;
  /** File with a scenario. */
  scenario?: string;
  accountId?: string;
  auth: 'open' | 'strict';
}

/** The command line is wrong. The message says what, for the person who typed it. */
export class FlagError extends Error {
  override readonly name = 'FlagError';
}

const defaults = { port: '8080', account: '111122223333', auth: 'open' };

export const help = `Glass KMS behind HTTP on this machine, for AWS clients.

  npm run endpoint -- [flags]

  --port N          port on 127.0.0.1, ${defaults.port} unless told; 0 takes a free one
  --data DIR        keep the cloud in this directory; without it, it is forgotten at the end
  --scenario FILE   found the cloud as this file says (docs/scenario.md)
  --seed S          ids, credentials, keys and times all follow from S; nothing is secret then
  --account ID      the account, ${defaults.account} unless told; with a scenario, its first unless told
  --auth MODE       open: whoever signs, however, acts as the account's root user (this unless told)
                    strict: signatures are verified, and the caller is the access key's principal
  --help            this

Then, in another terminal:

  export AWS_ENDPOINT_URL=http://127.0.0.1:${defaults.port} AWS_DEFAULT_REGION=us-east-1
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any
  aws kms create-key
`;

/** Reads the arguments; `undefined` when help is asked for. Throws `FlagError`. */
export function readFlags(args: readonly string[]): Flags | undefined {
  const { port, data, seed, scenario, account, auth, help: wantsHelp } = parsed(args);
  if (wantsHelp) return undefined;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new FlagError(`--port takes a number from 0 to 65535, not "${port}".`);
  }
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    throw new FlagError(`--account takes twelve digits, not "${account}".`);
  }
  if (auth !== 'open' && auth !== 'strict') {
    throw new FlagError(`--auth takes open or strict, not "${auth}".`);
  }
  for (const [name, value] of Object.entries({ data, seed, scenario })) {
    if (value === '') throw new FlagError(`--${name} needs a value.`);
  }
  return {
    port: Number(port),
    auth,
    ...(data !== undefined && { data }),
    ...(seed !== undefined && { seed }),
    ...(scenario !== undefined && { scenario }),
    ...(account !== undefined && { accountId: account }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: defaults.port },
        data: { type: 'string' },
        seed: { type: 'string' },
        scenario: { type: 'string' },
        account: { type: 'string' },
        auth: { type: 'string', default: defaults.auth },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new FlagError((error as Error).message);
  }
}
