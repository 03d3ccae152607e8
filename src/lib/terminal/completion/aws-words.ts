import { getCallerIdentity, lookupEvents, operations } from '$lib/operations/operations.ts';
import type { MemberModel, OperationModel, ShapeModel } from '$lib/operations/model.ts';
import { playgroundRegions } from '$lib/playground/regions.ts';
import type { CompletionWorld } from './complete.ts';

const services: Readonly<Record<string, readonly string[]>> = {
  kms: operations.map(({ cliName }) => cliName).concat('help'),
  sts: [getCallerIdentity.cliName, 'help'],
  cloudtrail: [lookupEvents.cliName, 'help'],
  configure: ['list-profiles', 'list', 'get'],
};

/** Options that every command has, and what follows each. */
const globalOptions: Readonly<Record<string, readonly string[]>> = {
  '--output': ['json', 'text', 'table', 'yaml', 'yaml-stream'],
  '--query': [],
  '--region': playgroundRegions,
  '--profile': [],
  '--cli-binary-format': ['base64', 'raw-in-base64-out'],
  '--cli-input-json': ['file://'],
  '--cli-input-yaml': ['file://'],
  '--generate-cli-skeleton': ['input', 'output', 'yaml-input'],
  '--no-cli-pager': [],
  '--no-paginate': [],
  '--max-items': [],
  '--page-size': [],
  '--starting-token': [],
};

/** What may come next after `aws`; the last word is being typed. */
export function awsWords(words: readonly string[], world: CompletionWorld): readonly string[] {
  const word = words.at(-1)!;
  const plain = words.slice(0, -1).filter((each, index) => !each.startsWith('-') && !isValue(words, index));
  const [service, name] = plain;
  const operation = operationOf(service, name);
  const option = optionOf(words);
  if (option !== undefined && !word.startsWith('-')) {
    const values = option === '--profile' ? world.identities.map((each) => each.name) : globalOptions[option];
    if (values) return values;
    const member = operation?.input.find(({ cliName }) => `--${cliName}` === option);
    return member ? valuesOf(member, word, world) : [];
  }
  if (service === undefined)
    return word.startsWith('-') ? Object.keys(globalOptions) : [...Object.keys(services), 'help'];
  if (name === undefined) return services[service] ?? [];
  const given = new Set(words.slice(0, -1));
  const flags = [...(operation?.input.flatMap(flagsOf) ?? []), ...Object.keys(globalOptions)];
  return flags.filter((flag) => !given.has(flag));
}

function operationOf(service: string | undefined, name: string | undefined): OperationModel | undefined {
  if (service === 'kms') return operations.find(({ cliName }) => cliName === name);
  if (service === 'sts') return getCallerIdentity;
  return service === 'cloudtrail' ? lookupEvents : undefined;
}

/** The option whose values stand before the cursor. */
function optionOf(words: readonly string[]): string | undefined {
  const typed = words.slice(0, -1);
  const at = typed.findLastIndex((each) => each.startsWith('--'));
  if (at < 0) return undefined;
  const option = typed[at]!;
  return typed.length - at === 1 || !(option in globalOptions) ? option : undefined;
}

function isValue(words: readonly string[], index: number): boolean {
  const before = words[index - 1] ?? '';
  return before.startsWith('--') && !before.startsWith('--no-') && !before.includes('=');
}

function flagsOf({ cliName, shape }: MemberModel): string[] {
  return shape.type === 'boolean' ? [`--${cliName}`, `--no-${cliName}`] : [`--${cliName}`];
}

function valuesOf(
  { name, shape }: MemberModel,
  word: string,
  { identities, keys }: CompletionWorld,
): readonly string[] {
  if (name === 'AliasName') return keys.aliases;
  if (/Region$/.test(name)) return playgroundRegions;
  if (/Principal$/.test(name)) return identities.map(({ arn }) => arn);
  if (/KeyId$/.test(name)) return word.startsWith('ar') ? keys.arns : [...keys.aliases, ...keys.ids];
  if (shape.type === 'blob') return ['fileb://'];
  return enumeration(shape);
}

function enumeration(shape: ShapeModel): readonly string[] {
  if (shape.type === 'string') return shape.values ?? [];
  return shape.type === 'list' ? enumeration(shape.of) : [];
}
