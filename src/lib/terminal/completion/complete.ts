import { getCommandNames, type IFileSystem } from 'just-bash/browser';
import type { Identity } from '$engine/observation.ts';
import { typedWords } from './words.ts';

/** Names of the cloud's keys for one principal and Region. */
export interface KeyNames {
  ids: readonly string[];
  arns: readonly string[];
  /** With `alias/`. */
  aliases: readonly string[];
}

export interface CompletionWorld {
  files: IFileSystem;
  folder: string;
  /** Names of shell variables. */
  variables: readonly string[];
  identities: readonly Identity[];
  keys: KeyNames;
}

export interface Completion {
  /** Where the text begins that a choice takes the place of. */
  start: number;
  /** As they are typed, with what ends them: a space, or nothing where more may follow. */
  choices: string[];
}

const ownCommands = [
  'aws',
  'openssl',
  'xxd',
  'download',
  'cd',
  'export',
  'unset',
  'exit',
  'set',
  'source',
  'read',
];

/** What may be meant by what is typed up to the cursor. */
export async function complete(line: string, cursor: number, world: CompletionWorld): Promise<Completion> {
  const { words, start, quote } = typedWords(line.slice(0, cursor));
  const word = words.at(-1)!;
  const [, variable] = /^\$(\w*)$/.exec(word) ?? [];
  if (variable !== undefined)
    return offered(
      start,
      word,
      world.variables.map((name) => `$${name}`),
    );
  const isRedirection = /^[<>]+$/.test(words.at(-2) ?? '');
  if (words.length === 1 && !word.includes('/')) {
    return offered(start, word, [...new Set([...getCommandNames(), ...ownCommands])]);
  }
  if (words[0] === 'aws' && !isRedirection) {
    const inFile = /^(fileb?:\/\/)(.*)$/s.exec(word);
    if (inFile) return filesFor(inFile[2]!, start + inFile[1]!.length, undefined, world);
    const { awsWords } = await import('./aws-words.ts');
    return offered(start, word, awsWords(words.slice(1), world));
  }
  if (words[0] === 'openssl' && words.length === 2) {
    const { opensslCommands } = await import('../openssl/openssl.ts');
    return offered(start, word, opensslCommands);
  }
  return filesFor(word, start, quote, world);
}

function offered(start: number, word: string, names: readonly string[]): Completion {
  const choices = names.filter((name) => name.startsWith(word)).sort();
  // The name of a file goes on behind `fileb://`.
  return { start, choices: choices.map((choice) => (choice.endsWith('://') ? choice : `${choice} `)) };
}

async function filesFor(
  word: string,
  start: number,
  quote: string | undefined,
  { files, folder }: CompletionWorld,
): Promise<Completion> {
  const slash = word.lastIndexOf('/') + 1;
  const above = word.slice(0, slash);
  const from = files.resolvePath(folder, above.replace(/^~(?=\/)/, '/home/you') || '.');
  const names = await files.readdir(from).catch(() => []);
  const hides = !word.slice(slash).startsWith('.');
  const fitting = names.filter(
    (name) => name.startsWith(word.slice(slash)) && !(hides && name.startsWith('.')),
  );
  const choices = await Promise.all(
    fitting.sort().map(async (name) => {
      const stat = await files.stat(`${from}/${name}`).catch(() => undefined);
      const typed = quote === undefined ? escaped(above + name) : quote + above + name;
      return `${typed}${stat?.isDirectory ? '/' : `${quote ?? ''} `}`;
    }),
  );
  return { start, choices };
}

function escaped(path: string): string {
  return path.replace(/[\s"'\\$&|;<>()`*?[\]!#]/g, '\\$&');
}
