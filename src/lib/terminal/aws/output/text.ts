/** Lines of values with tabs between them (awscli, `text.py`). */
import { isMap, type Value, type Values } from '../io.ts';
import { pythonText } from '../python.ts';

export function textOf(value: Value): string {
  return lines(value)
    .map((line) => `${line}\n`)
    .join('');
}

function lines(value: Value, identifier?: string, scalarKeys?: readonly string[]): string[] {
  if (isMap(value)) return mapLines(value, identifier, scalarKeys);
  return Array.isArray(value) ? listLines(value as readonly Value[], identifier) : [pythonText(value)];
}

function listLines(items: readonly Value[], identifier: string | undefined): string[] {
  if (items.length === 0) return [];
  if (items.some(isMap)) {
    const keys = allScalarKeys(items.filter(isMap));
    return items.flatMap((item) => lines(item, identifier, keys));
  }
  const scalars = items.filter(isScalar);
  const others = items.filter((item) => !isScalar(item));
  return [
    ...(scalars.length > 0 ? scalarLines(scalars, identifier) : []),
    ...others.flatMap((item) => lines(item, identifier)),
  ];
}

function scalarLines(items: readonly Value[], identifier: string | undefined): string[] {
  if (identifier === undefined) return [items.map(pythonText).join('\t')];
  return items.map((item) => `${identifier.toUpperCase()}\t${pythonText(item)}`);
}

function mapLines(
  map: Values,
  identifier: string | undefined,
  scalarKeys: readonly string[] | undefined,
): string[] {
  const names = Object.keys(map).sort();
  const scalars = scalarKeys ?? names.filter((name) => isScalar(map[name]!));
  const others = names.filter((name) => !scalars.includes(name));
  const cells = scalars.map((name) => (Object.hasOwn(map, name) ? pythonText(map[name]) : ''));
  const first = identifier === undefined ? [] : [identifier.toUpperCase()];
  return [
    ...(cells.length > 0 ? [[...first, ...cells].join('\t')] : []),
    ...others.flatMap((name) => lines(map[name]!, name)),
  ];
}

/** So that all maps of a list have the same columns. */
function allScalarKeys(maps: readonly Values[]): string[] {
  const keys = maps.flatMap((map) => Object.keys(map).filter((name) => isScalar(map[name]!)));
  return [...new Set(keys)].sort();
}

function isScalar(value: Value): boolean {
  return !isMap(value) && !Array.isArray(value);
}
