import { findNodeAtLocation, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';

type Path = (string | number)[];
/** Where something stands in the text. */
export interface Span {
  from: number;
  to: number;
}

/** One statement, as it was written: nothing in it has been checked. */
export interface WrittenStatement {
  index: number;
  value: Record<string, unknown>;
  /** Where a part of it stands, or, without a way or if there is no such part, where the statement begins. */
  at(...path: Path): Span;
  /** Where a name within it stands. */
  nameAt(...path: Path): Span;
}

/** A policy's text, read as far as it can be. */
export interface WrittenPolicy {
  value: Record<string, unknown>;
  statements: WrittenStatement[];
  /** Names that stand twice in one object: of these, only the last counts. */
  repeated: (Span & { name: string })[];
  /** Where a part stands, or, without a way or if there is no such part, where the policy begins. */
  at(...path: Path): Span;
}

/** JSON that does not end, or has what JSON does not have. */
export interface Broken extends Span {
  code: number;
}

/** Reads a policy with the places of its parts. What is not JSON, or no object, has no parts. */
export function readPolicy(text: string): { broken?: Broken; policy?: WrittenPolicy } {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error) {
    const from = Math.min(error.offset, Math.max(0, text.length - 1));
    return { broken: { code: error.error, from, to: Math.max(from + 1, error.offset + error.length) } };
  }
  if (root?.type !== 'object') return {};
  const value = getNodeValue(root) as Record<string, unknown>;
  const { Statement } = value;
  const isList = Array.isArray(Statement);
  const written: unknown[] = isList ? (Statement as unknown[]) : Statement === undefined ? [] : [Statement];
  const statements = written.flatMap((statement, index): WrittenStatement[] => {
    if (typeof statement !== 'object' || statement === null || Array.isArray(statement)) return [];
    const place: Path = isList ? ['Statement', index] : ['Statement'];
    const node = (path: Path) => findNodeAtLocation(root, [...place, ...path]);
    const start = beginning(node([]) ?? root);
    const orStart = (path: Path, found: Node | undefined) =>
      path.length > 0 && found ? spanOf(found) : start;
    return [
      {
        index,
        value: statement as Record<string, unknown>,
        at: (...path) => orStart(path, node(path)),
        nameAt: (...path) => orStart(path, node(path)?.parent?.children?.[0]),
      },
    ];
  });
  return {
    policy: {
      value,
      statements,
      repeated: repeatedNames(root),
      at(...path) {
        const found = path.length > 0 ? findNodeAtLocation(root, path) : undefined;
        return found ? spanOf(found) : beginning(root);
      },
    },
  };
}

function repeatedNames(node: Node): WrittenPolicy['repeated'] {
  const { children = [] } = node;
  const within = children.flatMap(repeatedNames);
  if (node.type !== 'object') return within;
  const names = children.flatMap((property) => property.children?.[0] ?? []);
  const twice = names.filter((name, index) => names.findIndex(({ value }) => value === name.value) < index);
  return [...twice.map((name) => ({ name: String(name.value), ...spanOf(name) })), ...within];
}

function spanOf({ offset, length }: Node): Span {
  return { from: offset, to: offset + length };
}

function beginning({ offset }: Node): Span {
  return { from: offset, to: offset + 1 };
}

/** What may be one or several, as a list, with the way to each. */
export function each(value: unknown, path: Path): { value: unknown; path: Path }[] {
  if (value === undefined) return [];
  return Array.isArray(value)
    ? value.map((item: unknown, index) => ({ value: item, path: [...path, index] }))
    : [{ value, path }];
}

/** The same for what has to be text; anything else is left out. */
export function texts(value: unknown, path: Path): { value: string; path: Path }[] {
  return each(value, path).flatMap((one) =>
    typeof one.value === 'string' ? [{ ...one, value: one.value }] : [],
  );
}

/** Whom a Principal or NotPrincipal element names, with the kind of name. */
export function named(
  statement: WrittenStatement,
  element: 'Principal' | 'NotPrincipal',
): { kind: string; value: string; path: Path }[] {
  const written = statement.value[element];
  if (typeof written === 'string') return [{ kind: 'AWS', value: written, path: [element] }];
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return [];
  return Object.entries(written as Record<string, unknown>).flatMap(([kind, values]) =>
    texts(values, [element, kind]).map((one) => ({ kind, ...one })),
  );
}

/** Each condition key of a statement with its operator and values. */
export function conditions(
  statement: WrittenStatement,
): { operator: string; key: string; values: string[]; path: Path }[] {
  const { Condition } = statement.value;
  if (typeof Condition !== 'object' || Condition === null) return [];
  return Object.entries(Condition as Record<string, unknown>).flatMap(([operator, keys]) =>
    typeof keys !== 'object' || keys === null
      ? []
      : Object.entries(keys as Record<string, unknown>).map(([key, values]) => ({
          ...{ operator, key },
          values: each(values, []).map(({ value }) => String(value)),
          path: ['Condition', operator, key],
        })),
  );
}

/** Whether a statement allows something. */
export const allows = ({ value }: WrittenStatement): boolean => value['Effect'] === 'Allow';
