/** `aws configure`, as far as it looks: what is set is chosen in the playground. */
import { CliFailure, unknownOptions } from './failure.ts';
import { callerFor, type Globals } from './global-options.ts';
import type { AwsIo, AwsResult } from './io.ts';

export function configure(words: readonly string[], io: AwsIo, globals: Globals): AwsResult {
  const [subcommand, ...rest] = words;
  const [name, ...more] = rest;
  if (subcommand === 'get' && name !== undefined && more.length === 0) return get(name, io, globals);
  if (rest.length > 0) throw unknownOptions(rest);
  if (subcommand === 'list-profiles') {
    return done(['default', ...io.identities.map((identity) => identity.name)]);
  }
  if (subcommand === 'list') return list(io, globals);
  throw new CliFailure('Choose whom you act as, and the Region, at the top of the playground.');
}

/** Exits with 1, and says nothing, where nothing is set. */
function get(name: string, io: AwsIo, globals: Globals): AwsResult {
  const { identity } = callerFor(io, globals);
  const value = {
    region: globals.region,
    output: globals.output,
    aws_access_key_id: identity?.credentials.accessKeyId,
  }[name];
  return value === undefined ? { stdout: '', stderr: '', exitCode: 1 } : done([value]);
}

function list(io: AwsIo, globals: Globals): AwsResult {
  const { identity } = callerFor(io, globals);
  const hidden = (secret: string | undefined): string =>
    secret === undefined ? '<not set>' : `${'*'.repeat(16)}${secret.slice(-4)}`;
  const row = (name: string, value: string, type: string, location: string): string =>
    `${name.padStart(10)} ${value.padStart(24)} ${type.padStart(16)}    ${location}`;
  return done([
    row('Name', 'Value', 'Type', 'Location'),
    row('----', '-----', '----', '--------'),
    globals.profile === undefined
      ? row('profile', '<not set>', 'None', 'None')
      : row('profile', globals.profile, 'manual', '--profile'),
    row('access_key', hidden(identity?.credentials.accessKeyId), 'playground', ''),
    row('secret_key', hidden(identity?.credentials.secretAccessKey), 'playground', ''),
    row('region', globals.region, 'playground', ''),
  ]);
}

function done(lines: string[]): AwsResult {
  return { stdout: lines.map((line) => `${line}\n`).join(''), stderr: '', exitCode: 0 };
}
