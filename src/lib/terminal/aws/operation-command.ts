/** `aws <service> <operation> …` */
import { cliName } from '$lib/operations/cli-name.ts';
import type { OperationModel } from '$lib/operations/model.ts';
import { readArguments, type Option, type Parsed } from './arguments/argparse.ts';
import { checkInput } from './arguments/check-input.ts';
import { fileBehind } from './arguments/files.ts';
import { decodeBlobs, memberOptions, readParameters, readTimes } from './arguments/parameters.ts';
import { paginate, type PageWishes } from './call/paginate.ts';
import { callService, inModelOrder, type Caller } from './call/service.ts';
import type { ServiceModel } from './services.ts';
import { CliFailure, parameterFailure, unknownOptions } from './failure.ts';
import { callerFor, type Globals } from './global-options.ts';
import { operationHelp } from './help.ts';
import { isMap, type AwsIo, type Value, type Values } from './io.ts';
import { printListing, printReply } from './output/print.ts';
import { pythonType } from './python.ts';
import { skeletonOf, yamlSkeleton } from './skeleton.ts';

/** Runs one; gives what goes to standard output. Rejects with CliFailure. */
export async function runOperation(
  words: readonly string[],
  { name: service }: ServiceModel,
  operation: OperationModel,
  globals: Globals,
  io: AwsIo,
): Promise<string> {
  if (words.length === 1 && words[0] === 'help') return operationHelp(operation);
  const parsed = readOptions(words, operation);
  const isManual = operation.pages !== undefined && isPagedByHand(operation.pages, parsed, globals);
  const given = await readParameters(io, operation.input, parsed);
  const wishes = pageWishes(parsed);
  const skeleton = parsed.get('generate-cli-skeleton');
  const raw = { ...(await cliInput(io, parsed)), ...given };
  if (skeleton === 'input') return `${JSON.stringify(skeletonOf(operation.input, 'input'), null, 4)}\n`;
  if (skeleton === 'yaml-input') return yamlSkeleton(operation.input);
  const columns = io.columns ?? 80;
  const input = prepared(operation, raw, globals);
  if (skeleton === 'output') {
    return printReply(operation.name, skeletonOf(operation.output, 'output'), globals, columns);
  }
  const caller: Caller = callerFor(io, globals);
  const send = async (page: Values): Promise<Values> => {
    checkInput(operation.input, page);
    return inModelOrder(operation.output, await callService(io, caller, service, operation.name, page));
  };
  if (operation.pages && globals.paginate && !isManual && !namesPaging(operation.pages, raw)) {
    const listing = await paginate(operation.pages, input, wishes, send);
    return printListing(operation.name, listing, operation.pages.items, globals, columns);
  }
  return printReply(operation.name, await send(input), globals, columns);
}

function prepared({ input: members }: OperationModel, raw: Values, { blobs }: Globals): Values {
  const input = decodeBlobs(members, raw, blobs);
  checkInput(members, input);
  return readTimes(members, input);
}

const inputOptions: readonly Option[] = [
  { flag: '--cli-input-json', place: 'cli-input-json', takes: 'one' },
  { flag: '--cli-input-yaml', place: 'cli-input-yaml', takes: 'one' },
];

const pageOptions: readonly Option[] = [
  { flag: '--starting-token', place: 'starting-token', takes: 'one' },
  { flag: '--page-size', place: 'page-size', takes: 'one', integer: true },
  { flag: '--max-items', place: 'max-items', takes: 'one', integer: true },
];

const skeletonOption: Option = {
  flag: '--generate-cli-skeleton',
  place: 'generate-cli-skeleton',
  takes: 'optional',
  choices: ['input', 'output', 'yaml-input'],
  constant: 'input',
};

function readOptions(words: readonly string[], { input, pages }: OperationModel): Parsed {
  const members = memberOptions(input);
  const isFilled =
    words.includes('--cli-input-json') ||
    words.includes('--cli-input-yaml') ||
    (words.includes('--generate-cli-skeleton') &&
      words[words.indexOf('--generate-cli-skeleton') + 1] !== 'output');
  const { values, rest } = readArguments(words, {
    options: [
      ...(isFilled ? members.map((option) => ({ ...option, required: false })) : members),
      ...inputOptions,
      ...(pages ? pageOptions : []),
      skeletonOption,
    ],
  });
  // The first word that is no option stands where `help` could, and so is named last.
  const first = rest.find((word) => !word.startsWith('-'));
  const others = rest.filter((word) => word !== first);
  if (rest.length > 0) throw unknownOptions(first === undefined ? others : [...others, first]);
  return values;
}

type Pages = NonNullable<OperationModel['pages']>;

/** Who names the service's own members turns the AWS CLI's paging off. */
function isPagedByHand(pages: Pages, parsed: Parsed, globals: Globals): boolean {
  const manual = [pages.marker, pages.limit].some((name) => parsed.has(cliName(name)));
  if (!manual && globals.paginate) return false;
  const used = pageOptions.filter(({ place }) => parsed.get(place) !== undefined).map(({ flag }) => flag);
  if (used.length > 0) {
    throw new CliFailure(`Cannot specify --no-paginate along with pagination arguments: ${sortedAs(used)}`);
  }
  return true;
}

function sortedAs(used: readonly string[]): string {
  return ['--starting-token', '--page-size', '--max-items'].filter((flag) => used.includes(flag)).join(', ');
}

function namesPaging({ marker, limit }: Pages, input: Values): boolean {
  return Object.hasOwn(input, marker) || Object.hasOwn(input, limit);
}

function pageWishes(parsed: Parsed): PageWishes {
  const startingToken = parsed.get('starting-token') as string | undefined;
  const pageSize = parsed.get('page-size') as number | undefined;
  const maxItems = parsed.get('max-items') as number | undefined;
  return {
    ...(startingToken !== undefined && { startingToken }),
    ...(pageSize !== undefined && { pageSize }),
    ...(maxItems !== undefined && { maxItems }),
  };
}

/** What `--cli-input-json` or `--cli-input-yaml` brings; options on the command line go before it. */
async function cliInput(io: AwsIo, parsed: Parsed): Promise<Values> {
  const json = parsed.get('cli-input-json') as string | undefined;
  const yaml = parsed.get('cli-input-yaml') as string | undefined;
  if (json !== undefined && yaml !== undefined) {
    throw new CliFailure('Only one --cli-input- parameter may be specified.');
  }
  const given = json ?? yaml;
  if (given === undefined) return {};
  const kind = json === undefined ? 'yaml' : 'json';
  const file = await fileBehind(io, `--cli-input-${kind}`, given);
  const text = file instanceof Uint8Array ? new TextDecoder().decode(file) : (file ?? given);
  const value = await parseInput(kind, text);
  if (isMap(value)) return value;
  throw parameterFailure(
    `--cli-input-${kind}`,
    `Invalid type: expecting map, received <class '${pythonType(value)}'>`,
  );
}

async function parseInput(kind: 'json' | 'yaml', text: string): Promise<Value> {
  try {
    if (kind === 'json') return JSON.parse(text) as Value;
    // Fetched when somebody writes YAML, which is seldom.
    const { parse } = await import('yaml');
    return parse(text, { version: '1.1', schema: 'yaml-1.1' }) as Value;
  } catch {
    throw parameterFailure(`cli-input-${kind}`, `Invalid ${kind.toUpperCase()} received.`);
  }
}
