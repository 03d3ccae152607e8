/** Plays the table of command lines, by whatever runs them. */
import type { Cloud } from '../../src/engine/cloud.ts';
import { openMemoryCloud } from '../support/cloud.ts';
import { commandLines } from './command-lines.ts';

export interface Answer {
  stdout: string;
  stderr: string;
  code: number;
}

/** Each time the same cloud: ids, ciphertexts and times follow from the seed. */
export async function openTableCloud(): Promise<Cloud> {
  const cloud = await openMemoryCloud({ seed: 'command lines' });
  return {
    ...cloud,
    async fetch(request) {
      const response = await cloud.fetch(request);
      // Audit records of requests that change nothing would else wait for others by the machine's time.
      await cloud.flush();
      return response;
    },
  };
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** What lies in the folder in which the commands are run. */
export const files: Record<string, Uint8Array> = {
  'plain.txt': text('From a file.\n'),
  'plain.b64': text('RnJvbSBhIGZpbGUu'),
  'bytes.bin': Uint8Array.from([0, 255, 128, 10]),
  'policy.json': text(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}]}',
  ),
  'tags.json': text('[{"TagKey": "from", "TagValue": "file"}]'),
  'context.json': text('{"purpose": "test", "café": "crème"}'),
  'create.json': text('{"Description": "From JSON", "Tags": [{"TagKey": "a", "TagValue": "b"}]}'),
  'create.yaml': text('Description: From YAML\nMultiRegion: true\nTags:\n- TagKey: c\n  TagValue: d\n'),
};

export interface Played extends Answer {
  line: string;
}

/** Runs one after the other. `{name}` in a line stands for what an earlier one has printed under `as`. */
export async function playTable(
  run: (words: readonly string[]) => Promise<Answer>,
  lines: readonly (string | { line: string; as: string })[] = commandLines,
): Promise<Played[]> {
  const kept: Record<string, string> = {};
  const played: Played[] = [];
  for (const entry of lines) {
    const { line, as } = typeof entry === 'string' ? { line: entry, as: undefined } : entry;
    const answer = await run(wordsOf(line.replace(/\{([A-Z]+)\}/g, (_, name: string) => kept[name] ?? '')));
    if (as !== undefined) kept[as] = answer.stdout.trim();
    played.push({ line, ...answer });
  }
  return played;
}

/** Words as a shell takes them apart, as far as it is needed here: blanks, quotes and backslashes. The first is `aws`. */
export function wordsOf(line: string): string[] {
  const words = line.match(/(?:'[^']*'|"(?:\\.|[^"])*"|\\.|[^\s'"\\])+/g) ?? [];
  const [, ...rest] = words.map((word) =>
    word.replace(
      /'([^']*)'|"((?:\\.|[^"])*)"|\\(.)/g,
      (_, single?: string, double?: string, bare?: string) => {
        return single ?? bare ?? double!.replace(/\\(["\\$`])/g, '$1');
      },
    ),
  );
  return rest;
}
