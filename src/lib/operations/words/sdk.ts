/** A request in TypeScript, by the AWS SDK for JavaScript, version 3. */
import type { MemberModel, ShapeModel } from '../model.ts';
import { isObject, modelOf, type Asked } from './asked.ts';

const clients: Record<string, { library: string; name: string } | undefined> = {
  kms: { library: '@aws-sdk/client-kms', name: 'KMSClient' },
  sts: { library: '@aws-sdk/client-sts', name: 'STSClient' },
  cloudtrail: { library: '@aws-sdk/client-cloudtrail', name: 'CloudTrailClient' },
};

const bytesFromBase64 =
  'const bytes = (base64: string) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));';

/** A whole module, which runs as it is with credentials that the SDK finds. */
export function sdkCode(asked: Asked): string {
  const { service, operation, input, region } = asked;
  const client = clients[service] ?? { library: `@aws-sdk/client-${service}`, name: 'Client' };
  const argument = structure(modelOf(asked)?.input ?? [], input, 2);
  const command = `new ${operation}Command(${argument})`;
  return [
    `import { ${client.name}, ${operation}Command } from '${client.library}';`,
    '',
    ...(argument.includes('bytes(') ? [bytesFromBase64, ''] : []),
    `const client = new ${client.name}({ region: ${text(region)} });`,
    `const reply = await client.send(\n  ${command},\n);`,
    'console.log(reply);',
    '',
  ].join('\n');
}

function structure(members: readonly MemberModel[], value: Record<string, unknown>, indent: number): string {
  const shapes = new Map(members.map(({ name, shape }) => [name, shape]));
  return object(value, indent, (name, inner) => expression(shapes.get(name), inner, indent + 2));
}

function object(
  value: Record<string, unknown>,
  indent: number,
  write: (name: string, inner: unknown) => string,
): string {
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const pad = ' '.repeat(indent + 2);
  const lines = entries.map(([name, inner]) => `${pad}${key(name)}: ${write(name, inner)},\n`);
  return `{\n${lines.join('')}${' '.repeat(indent)}}`;
}

/** Without a shape, the value as it is. */
function expression(shape: ShapeModel | undefined, value: unknown, indent: number): string {
  if (typeof value === 'string') return shape?.type === 'blob' ? `bytes(${text(value)})` : text(value);
  if (typeof value === 'number' && shape?.type === 'timestamp') {
    return `new Date(${text(new Date(value * 1000).toISOString())})`;
  }
  if (Array.isArray(value)) {
    const of = shape?.type === 'list' ? shape.of : undefined;
    return `[${value.map((item: unknown) => expression(of, item, indent)).join(', ')}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  if (shape?.type === 'structure') return structure(shape.members, value, indent);
  return object(value, indent, (_name, inner) => expression(undefined, inner, indent + 2));
}

function key(name: string): string {
  // `__proto__: …` in an object literal sets the prototype.
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : text(name);
}

function text(value: string): string {
  const inside = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}
