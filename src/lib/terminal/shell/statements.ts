import type { Bash } from 'just-bash/browser';

/** A parsed script, as the interpreter has it. */
export type Script = ReturnType<Bash['transform']>['ast'];
export type Statement = Script['statements'][number];

interface Node {
  type?: string;
  name?: unknown;
  array?: unknown;
  parameter?: unknown;
}

/** The functions that a statement defines, at whatever depth. */
export function functionsIn(statement: Statement): { name: string; definition: Statement }[] {
  const found: { name: string; definition: Statement }[] = [];
  visit(statement, (node) => {
    if (node.type !== 'FunctionDef' || typeof node.name !== 'string') return;
    const pipeline = { type: 'Pipeline', commands: [node], negated: false };
    const definition = { type: 'Statement', pipelines: [pipeline], operators: [], background: false };
    found.push({ name: node.name, definition: definition as unknown as Statement });
  });
  return found;
}

/** The files that a statement reads in by `source` or `.`, where their names stand in it plainly. */
export function sourcedIn(statement: Statement): string[] {
  return commandsIn(statement).flatMap(([name, file]) =>
    (name === 'source' || name === '.') && file !== undefined ? [file] : [],
  );
}

/** The status with which a statement that is nothing but `exit` ends the shell; 0 where it says none. */
export function exitIn(statement: Statement): number | undefined {
  const [words, more] = commandsIn(statement);
  if (words?.[0] !== 'exit' || more) return undefined;
  return Number(words[1] ?? 0);
}

/** Whether a statement may give arrays a value, or take it from them. */
export function touchesArrays(statement: Statement): boolean {
  const makers = ['declare', 'typeset', 'read', 'mapfile', 'readarray', 'unset', 'eval', 'source', '.'];
  const names = new Set<string>();
  visit(statement, ({ array, parameter }) => {
    if (array ?? undefined) names.add('[');
    if (typeof parameter === 'string' && parameter.includes('[')) names.add('[');
  });
  for (const [name = ''] of commandsIn(statement)) if (makers.includes(name)) names.add(name);
  return names.size > 0;
}

/** Each simple command's words, as far as they are plain text. */
function commandsIn(statement: Statement): string[][] {
  const commands: string[][] = [];
  visit(statement, (node) => {
    if (node.type !== 'SimpleCommand') return;
    const { name, args } = node as { name: unknown; args: unknown[] };
    commands.push([name, ...args].map(plainText));
  });
  return commands;
}

function plainText(word: unknown): string {
  let text = '';
  visit(word, (node) => {
    const { value } = node as { value?: unknown };
    if (typeof value === 'string') text += value;
  });
  return text;
}

function visit(value: unknown, look: (node: Node) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) look(value);
  for (const inner of Object.values(value)) visit(inner, look);
}
