import type { AnyShape, Members } from '../../src/engine/declaration/members.ts';
import { lookupEventsInput } from '../../src/engine/cloudtrail/lookup-events.ts';
import type { Incoming } from '../../src/engine/gateway/wire.ts';
import type { OperationDeclaration } from '../../src/engine/kms/operation.ts';
import { operations } from '../../src/engine/kms/operations/index.ts';
import type { Dice } from './dice.ts';
import type { Fit, Pools } from './pools.ts';

/** A request, and what is known of it. */
export interface FuzzRequest {
  operation: string;
  region: string;
  incoming: Incoming;
}

interface Target {
  operation: string;
  target: string;
  input: Members;
  /** The KeyUsage that it wants of its key. */
  usage?: string;
}

const targets: readonly Target[] = [
  ...operations.map(({ name, declaration }) => ({
    operation: name,
    target: `TrentService.${name}`,
    input: declaration.input,
    ...usageOf(declaration),
  })),
  {
    operation: 'LookupEvents',
    target: 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
    input: lookupEventsInput,
  },
];

/** What takes keys out of use comes up less often, or there would soon be none. */
function drawn(dice: Dice): Target {
  const target = dice.oneOf(targets);
  const isEnd = ['ScheduleKeyDeletion', 'DisableKey', 'PutKeyPolicy', 'DeleteImportedKeyMaterial'].includes(
    target.operation,
  );
  return isEnd && dice.percent(75) ? dice.oneOf(targets) : target;
}

function usageOf({ keys = {} }: OperationDeclaration<Members, string>): { usage?: string } {
  const usage = Object.values(keys)[0]?.usage;
  return usage === undefined ? {} : { usage };
}

/** What values are made from. */
interface Means {
  dice: Dice;
  pools: Pools;
  /** The key that the request is to be about. */
  fit: Fit | undefined;
}

const createKey = targets.find(({ operation }) => operation === 'CreateKey')!;

const regions = ['us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1', 'cn-north-1'];

/** One request: most of them are well formed and say what could be meant; the others are broken in one place. */
export function generate(dice: Dice, poolsOf: (region: string) => Pools): FuzzRequest {
  // Without keys nothing goes deep, and some of them are deleted again.
  const { operation, target, input, usage } = dice.percent(5) ? createKey : drawn(dice);
  const region = dice.oneOf(regions);
  const pools = poolsOf(region);
  const headers = new Map([
    ['host', '127.0.0.1'],
    ['content-type', 'application/x-amz-json-1.1'],
    ['x-amz-target', target],
    ['x-amz-date', '20261001T000000Z'],
    ['authorization', authorization(`any/20261001/${region}/kms/aws4_request`)],
    ['user-agent', 'fuzz'],
  ]);
  let method = 'POST';
  let url = 'http://127.0.0.1/';
  let body = Buffer.from(
    JSON.stringify(
      members(input, { dice, pools, fit: dice.percent(85) ? pools.key(usage, dice) : undefined }),
    ),
  );
  if (dice.percent(12)) body = broken(body, dice);
  if (dice.percent(8)) breakHeader(headers, dice);
  if (dice.percent(2)) method = dice.oneOf(['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']);
  if (dice.percent(2)) url += dice.oneOf(['x', '?Action=ListKeys', '%00', '..', '?%zz=%', '#']);
  return {
    operation,
    region,
    incoming: {
      method,
      url,
      headers: { get: (name) => headers.get(name) ?? null, [Symbol.iterator]: () => headers.entries() },
      body,
    },
  };
}

function authorization(credential: string): string {
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
}

/** Members that most often make a request fail, or do nothing. In percent. */
const rarely: Record<string, number> = {
  ...{ DryRun: 2, GrantTokens: 3, Recipient: 2, CustomKeyStoreId: 2, Marker: 3, NextToken: 3, Policy: 5 },
  ...{ CustomerMasterKeySpec: 1, MultiRegion: 30, KeySpec: 50, KeyUsage: 50 },
};

function members(shapes: Members, means: Means): Record<string, unknown> {
  const { dice } = means;
  const chosen: [string, unknown][] = [];
  for (const [name, { shape, required }] of Object.entries(shapes)) {
    const isWanted = dice.percent(required ? 98 : (rarely[name] ?? 15));
    if (isWanted) chosen.push([name, dice.percent(3) ? junk(dice, 3) : valueOf(name, shape, means)]);
  }
  if (dice.percent(2)) chosen.push([dice.oneOf(['__proto__', 'constructor', 'Unknown', '']), junk(dice, 2)]);
  // Not by assignment, which would lose a member that is named `__proto__`.
  return Object.fromEntries(chosen);
}

function valueOf(name: string, shape: AnyShape, means: Means): unknown {
  const { dice, pools } = means;
  switch (shape.type) {
    case 'string':
      return stringOf(name, shape, means);
    case 'blob':
      return (
        (dice.percent(70) ? pools.pick(name, dice) : undefined) ??
        Buffer.from(dice.bytes(length(shape, dice, 64))).toString('base64')
      );
    case 'integer':
      return dice.percent(85)
        ? (shape.min ?? 1) + dice.below(Math.min((shape.max ?? 100) - (shape.min ?? 1) + 1, 1000))
        : dice.oneOf([0, -1, 2 ** 31, 2 ** 53, 1.5, 1e300]);
    case 'boolean':
      return dice.percent(50);
    case 'timestamp':
      return dice.oneOf([0, 1_790_000_000, 1_767_225_600 + dice.below(1e7), -1, 1e18, 1.5]);
    case 'map':
      return Object.fromEntries(Array.from({ length: dice.below(4) }, () => [word(dice), word(dice)]));
    case 'list':
      return Array.from({ length: dice.percent(95) ? 1 + dice.below(3) : 60 }, () =>
        valueOf(name, shape.of, means),
      );
    case 'structure':
      return members(shape.members, means);
  }
}

function stringOf(
  name: string,
  shape: Extract<AnyShape, { type: 'string' }>,
  { dice, pools, fit }: Means,
): string {
  const fitting = fit?.[name];
  if (fitting) return dice.oneOf(fitting);
  if (shape.values && dice.percent(97)) return dice.oneOf(shape.values);
  if (name === 'Policy' && dice.percent(90)) return policy(dice);
  if (name === 'AliasName' && dice.percent(60)) return `alias/fuzz-${dice.below(500)}`;
  if (/(Grantee|Retiring)Principal$/.test(name)) return 'arn:aws:iam::111122223333:root';
  if (name === 'ReplicaRegion' || name === 'PrimaryRegion') return dice.oneOf(regions);
  const known = dice.percent(90) ? pools.pick(name, dice) : undefined;
  return known ?? (dice.percent(90) ? word(dice) : word(dice).repeat(length(shape, dice, 300)));
}

function policy(dice: Dice): string {
  const statement = {
    Effect: dice.percent(90) ? 'Allow' : 'Deny',
    Principal: dice.oneOf<unknown>(['*', '*', { AWS: '111122223333' }, { Service: 's3.amazonaws.com' }]),
    Action: dice.oneOf(['kms:*', 'kms:*', 'kms:*', 'kms:Encrypt', 'x']),
    Resource: '*',
    ...(dice.percent(10) && { Condition: { StringLike: { 'kms:EncryptionContext:a': '*?*' } } }),
  };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return dice.percent(95) ? text : text.slice(0, dice.below(text.length));
}

function length({ min = 0, max = 64 }: { min?: number; max?: number }, dice: Dice, usual: number): number {
  if (dice.percent(4)) return dice.oneOf([0, Math.max(0, min - 1), max, Math.min(max + 1, 10_000)]);
  return Math.min(max, min + dice.below(usual));
}

const words = [
  ...['a', 'dept', 'purpose', 'x'.repeat(20), 'alias/aws/s3', 'arn:aws:kms:us-east-1:111122223333:key/x'],
  ...[
    'arn:aws:iam::111122223333:user/Ada',
    '*',
    '0',
    '../../etc/passwd',
    'ä',
    '𝔘𝔫𝔦',
    '\u0000',
    '\ud800',
    '\u202e',
  ],
  ...['%s%n', '${aws:username}', '<script>', "' OR 1=1", '\r\nX-Injected: 1', 'ｆｕｌｌ', '🔑'.repeat(3)],
];

function word(dice: Dice): string {
  return dice.oneOf(words);
}

function junk(dice: Dice, depth: number): unknown {
  switch (dice.below(depth > 0 ? 8 : 6)) {
    case 0:
      return null;
    case 1:
      return dice.percent(50);
    case 2:
      return dice.oneOf([0, -0, 1e21, -1, 0.1, 2 ** 60]);
    case 3:
      return word(dice);
    case 4:
      return word(dice).repeat(dice.below(2000));
    case 5:
      return '';
    case 6:
      return Array.from({ length: dice.below(5) }, () => junk(dice, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: dice.below(5) }, () => [word(dice), junk(dice, depth - 1)]),
      );
  }
}

/** A body that is cut, altered, deep, huge, of other bytes, or no JSON at all. */
function broken(body: Buffer<ArrayBuffer>, dice: Dice): Buffer<ArrayBuffer> {
  switch (dice.below(8)) {
    case 0:
      return body.subarray(0, dice.below(body.length));
    case 1:
      return Buffer.from(dice.bytes(dice.below(400)));
    case 2: {
      const altered = Buffer.from(body);
      for (let count = 1 + dice.below(4); count > 0; count--)
        altered[dice.below(body.length)] = dice.below(256);
      return altered;
    }
    case 3:
      return Buffer.from('['.repeat(dice.below(5000)));
    case 4:
      return Buffer.from(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`);
    case 5:
      return Buffer.from(
        dice.oneOf(['null', '[]', '"x"', '1', '', ' ', '{}', '{"KeyId":1e999}', '\ufeff{}']),
      );
    case 6:
      return dice.percent(3)
        ? Buffer.alloc(1024 * 1024 + 1, 0x20)
        : Buffer.from(JSON.stringify({ KeyId: 'x'.repeat(dice.below(60_000)) }));
    default:
      return Buffer.concat([body, Buffer.from(dice.oneOf(['}', '\0', ',', body.toString()]))]);
  }
}

function breakHeader(headers: Map<string, string>, dice: Dice): void {
  const name = dice.oneOf(['authorization', 'authorization', 'x-amz-target', 'content-type', 'host']);
  if (dice.percent(30)) headers.delete(name);
  else if (name === 'authorization' && dice.percent(60)) {
    headers.set(
      name,
      authorization(dice.oneOf(['', 'a', 'a/b/c/d/e', 'a/20261001//kms/aws4_request', '////'])),
    );
  } else
    headers.set(
      name,
      dice.oneOf(['', 'x', 'TrentService.', 'TrentService.toString', 'a'.repeat(5000), '=,=,;']),
    );
}
