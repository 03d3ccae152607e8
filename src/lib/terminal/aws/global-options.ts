/** The options that every command takes (awscli, `cli.json`). */
import type { Option, Parsed } from './arguments/argparse.ts';
import { CliFailure, exitCodes } from './failure.ts';
import type { AwsIo } from './io.ts';
import type { Caller } from './call/service.ts';
import { readQuery, type Query } from './output/query.ts';

export const outputFormats = ['json', 'text', 'table', 'yaml', 'yaml-stream'] as const;
export type OutputFormat = (typeof outputFormats)[number];

const blobFormats = ['base64', 'raw-in-base64-out'] as const;

const flag = (name: string, constant: boolean, place = name): Option => ({
  flag: `--${name}`,
  place,
  takes: 'nothing',
  constant,
});
const word = (name: string, more: Partial<Option> = {}): Option => ({
  flag: `--${name}`,
  place: name,
  takes: 'one',
  ...more,
});

export const globalOptions: readonly Option[] = [
  flag('debug', true),
  word('endpoint-url'),
  flag('no-verify-ssl', false, 'verify-ssl'),
  flag('no-paginate', false, 'paginate'),
  word('output', { choices: outputFormats }),
  word('query'),
  word('profile'),
  word('region'),
  flag('version', true),
  word('color', { choices: ['on', 'off', 'auto'] }),
  flag('no-sign-request', false, 'sign-request'),
  word('ca-bundle'),
  word('cli-read-timeout'),
  word('cli-connect-timeout'),
  word('cli-binary-format', { choices: blobFormats }),
  flag('no-cli-pager', true),
  flag('cli-auto-prompt', true),
  flag('no-cli-auto-prompt', true),
];

export interface Globals {
  output: OutputFormat;
  query?: Query;
  blobs: (typeof blobFormats)[number];
  paginate: boolean;
  profile?: string;
  region: string;
}

/** @throws CliFailure for what cannot be, here or anywhere */
export function readGlobals(parsed: Parsed, io: AwsIo): Globals {
  const text = (place: string): string | undefined => {
    const value = parsed.get(place);
    return typeof value === 'string' ? value : undefined;
  };
  const query = text('query');
  const profile = text('profile') ?? io.env['AWS_PROFILE'];
  const compiled = query === undefined ? undefined : readQuery(query);
  checkEndpoint(text('endpoint-url'));
  if (parsed.has('debug')) throw notHere('--debug', 'The glass shows every step of each request.');
  if (parsed.has('cli-auto-prompt')) throw notHere('--cli-auto-prompt', 'Press Tab for what can follow.');
  if (parsed.has('sign-request')) throw notHere('--no-sign-request', 'KMS takes signed requests only.');
  return {
    output: formatFrom(text('output') ?? io.env['AWS_DEFAULT_OUTPUT'] ?? 'json'),
    ...(compiled && { query: compiled }),
    blobs: parsed.get('cli-binary-format') === 'raw-in-base64-out' ? 'raw-in-base64-out' : 'base64',
    paginate: parsed.get('paginate') !== false,
    ...(profile !== undefined && { profile }),
    region: regionFrom(text('region') ?? io.env['AWS_REGION'] ?? io.env['AWS_DEFAULT_REGION'] ?? io.region),
  };
}

function formatFrom(name: string): OutputFormat {
  const format = outputFormats.find((known) => known === name);
  if (format) return format;
  throw new CliFailure(`Unknown output type: ${name}`, exitCodes.anythingElse);
}

/** botocore, `validate_region_name` */
function regionFrom(name: string): string {
  if (/^(?![0-9]+$)(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/.test(name)) return name;
  if (name === '') {
    throw new CliFailure(
      'You must specify a region. You can also configure your region by running "aws configure".',
      exitCodes.configuration,
    );
  }
  throw new CliFailure(
    `Provided region_name '${name}' doesn't match a supported format.`,
    exitCodes.anythingElse,
  );
}

function notHere(option: string, instead: string): CliFailure {
  return new CliFailure(`${option} is not to be had in this terminal. ${instead}`);
}

/** There is no network behind this terminal, so AWS's own addresses are the only ones, and the cloud answers there. */
function checkEndpoint(url: string | undefined): void {
  if (url === undefined) return;
  const [, host] = /^[a-z][a-z0-9+.-]*:\/\/([^/:?#]*)/i.exec(url) ?? [];
  if (host === undefined) {
    throw new CliFailure(
      `Bad value for --endpoint-url "${url}": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/`,
    );
  }
  if (/\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(host)) return;
  const whole = url.endsWith('/') ? url : `${url}/`;
  throw new CliFailure(`Could not connect to the endpoint URL: "${whole}"`, exitCodes.anythingElse);
}

/** Whose credentials a command is signed with. `default` is the principal that is chosen in the playground. */
export function callerFor(io: AwsIo, { profile, region }: Globals): Caller {
  if (profile === undefined || profile === 'default') return { identity: io.principal, region };
  const identity = io.identities.find(({ name, arn }) => name === profile || arn === profile);
  if (identity) return { identity, region };
  throw new CliFailure(`The config profile (${profile}) could not be found`, exitCodes.anythingElse);
}
