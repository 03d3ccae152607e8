/**
 * A piece of JavaScript that can be both read and run: text and deed come from the same data, so that what is shown
 * is what was done. (Code out of a text could not be run: the page's content security policy forbids it.)
 */
export type Expression =
  | { kind: 'value'; text: string; value: unknown }
  | { kind: 'call'; path: string; args: readonly Expression[] }
  | { kind: 'object'; members: Readonly<Record<string, Expression>> };

/** A literal of JSON. */
export function literal(value: string | number | boolean | readonly string[]): Expression {
  return { kind: 'value', text: JSON.stringify(value).replaceAll('"', "'"), value };
}

/** A value by its name. */
export function named(text: string, value: unknown): Expression {
  return { kind: 'value', text, value };
}

/** A call of a global function, by its path: `crypto.subtle.exportKey`. */
export function call(path: string, ...args: readonly Expression[]): Expression {
  return { kind: 'call', path, args };
}

export function object(members: Readonly<Record<string, Expression>>): Expression {
  return { kind: 'object', members };
}

/** Runs it, waiting for each call's result. Rejects with what the call throws. */
export async function run(expression: Expression): Promise<unknown> {
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'object': {
      const members: Record<string, unknown> = {};
      for (const [name, member] of Object.entries(expression.members)) members[name] = await run(member);
      return members;
    }
    case 'call': {
      const args: unknown[] = [];
      for (const arg of expression.args) args.push(await run(arg));
      const { owner, callee } = find(expression.path);
      return Reflect.apply(callee, owner, args);
    }
  }
}

type Callee = (...args: unknown[]) => unknown;

function find(path: string): { owner: unknown; callee: Callee } {
  let owner: unknown;
  let found: unknown = globalThis;
  for (const name of path.split('.')) {
    owner = found;
    found = Reflect.get(owner as object, name);
  }
  return { owner, callee: found as Callee };
}

const lineLength = 72;

/** The same as a reader of JavaScript would write it. Calls of Web Crypto are awaited. */
export function print(expression: Expression, indent = ''): string {
  if (expression.kind === 'value') return expression.text;
  const parts =
    expression.kind === 'call'
      ? expression.args.map((arg) => ({ label: '', value: arg }))
      : Object.entries(expression.members).map(([name, value]) => ({ label: `${name}: `, value }));
  const [open, close, space] =
    expression.kind === 'call'
      ? [`${expression.path.startsWith('crypto.') ? 'await ' : ''}${expression.path}(`, ')', '']
      : ['{', '}', ' '];
  const texts = (inner: string) => parts.map(({ label, value }) => label + print(value, inner));
  const line = `${open}${space}${texts('').join(', ')}${space}${close}`;
  if (line.length + indent.length <= lineLength && !line.includes('\n')) return line;
  const inner = `${indent}  `;
  return [open, ...texts(inner).map((text) => `${inner}${text},`), `${indent}${close}`].join('\n');
}
