import ts from 'typescript';
import { expect, test } from 'vitest';
import { toBase64 } from '$lib/envelope/base64.ts';
import { operations } from '$lib/operations/operations.ts';
import type { MemberModel, ShapeModel } from '$lib/operations/model.ts';
import { cliCommand } from '$lib/operations/words/cli.ts';
import { sdkCode } from '$lib/operations/words/sdk.ts';
import { runAws } from '$lib/terminal/aws/aws.ts';
import type { Identity } from '$engine/observation.ts';
import { wordsOf } from '../terminal-aws/play.ts';

const nobody: Identity = {
  arn: 'arn:aws:iam::111122223333:user/Ada',
  name: 'Ada',
  type: 'User',
  accountId: '111122223333',
  description: '',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
};

interface Sent {
  operation: string;
  region: string;
  input: unknown;
}

/** What the terminal's `aws` sends for a command. */
async function sentBy(command: string): Promise<Sent | string> {
  let sent: Sent | undefined;
  const { stderr } = await runAws(wordsOf(command.replaceAll(' \\\n  ', ' ')), {
    door: {
      async fetch(request) {
        const [, region = ''] = new URL(request.url).hostname.split('.');
        const operation = (request.headers.get('x-amz-target') ?? '').replace(/^.*\./, '');
        sent = { operation, region, input: await request.json() };
        return new Response('{}');
      },
    },
    identities: [nobody],
    principal: nobody,
    region: 'us-east-1',
    env: {},
    readFile: () => Promise.reject(new Error('There are no files.')),
  });
  return sent ?? stderr;
}

/** What the code hands to the SDK, with blobs and times as on the wire. */
function inputOf(code: string): unknown {
  const body = code
    .replace(/^import .*$/m, '')
    .replace(/new \w+Command/, 'new Command')
    .replace('await client.send', 'client.send')
    .replace('console.log(reply)', 'return reply');
  // oxlint-disable-next-line no-implied-eval -- The code is what this test is about.
  const run = new Function('KMSClient', 'Command', ts.transpile(body)) as (...args: unknown[]) => unknown;
  class Command {
    constructor(readonly input: unknown) {}
  }
  class KMSClient {
    send({ input }: Command): unknown {
      return input;
    }
  }
  return wire(run(KMSClient, Command));
}

function wire(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return toBase64(value);
  if (Array.isArray(value)) return value.map(wire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wire(inner)]));
}

/** Some value of the shape, with what shells and parsers stumble over. */
function sample(shape: ShapeModel, seed: number): unknown {
  const texts = [
    'plain',
    'a b',
    "it's",
    '-x',
    '{a',
    '[b',
    'a=b,c',
    '"q"',
    '$HOME `x` \\',
    'é鍵\n2',
    'file://x',
    '',
  ];
  switch (shape.type) {
    case 'string':
      return (
        shape.values?.[seed % shape.values.length] ?? texts[seed % texts.length]!.padEnd(shape.min ?? 0, 'x')
      );
    case 'blob':
      return ['aGVsbG8=', 'AP+A/w==', 'AAAA'][seed % 3];
    case 'integer':
      return Math.max(shape.min ?? 0, seed);
    case 'boolean':
      return seed % 2 === 0;
    case 'timestamp':
      return 1_767_225_600 + seed;
    case 'map':
      return { purpose: texts[seed % texts.length], ...(seed % 3 === 0 && { 'a b': 'c' }) };
    case 'list':
      return [sample(shape.of, seed), sample(shape.of, seed + 1)];
    case 'structure':
      return sampleOf(shape.members, seed);
  }
}

function sampleOf(members: readonly MemberModel[], seed: number): Record<string, unknown> {
  return Object.fromEntries(
    members.map(({ name, shape }, index) => [name, sample(shape, seed + index)] as const),
  );
}

const samples = operations.flatMap(({ name, input }) =>
  [0, 5, 9].map((seed) => ({
    service: 'kms',
    region: 'eu-west-1',
    operation: name,
    input: sampleOf(input, seed),
  })),
);

test('the command for a request sends this request', async () => {
  for (const asked of samples) {
    const { operation, region, input } = asked;
    const command = cliCommand(asked);
    expect(await sentBy(command), command).toEqual({ operation, region, input });
  }
});

test('the code for a request hands it to the SDK', () => {
  // One of each operation: to compile each takes its time.
  for (const asked of samples.filter((_, index) => index % 3 === 1)) {
    expect(inputOf(sdkCode(asked)), sdkCode(asked)).toEqual(asked.input);
  }
});

test('both are what a person would write', () => {
  const asked = {
    service: 'kms',
    operation: 'Encrypt',
    region: 'us-east-1',
    input: {
      KeyId: 'alias/payroll',
      Plaintext: 'aGVsbG8=',
      EncryptionContext: { purpose: 'test' },
      DryRun: false,
    },
  };
  expect(cliCommand(asked)).toBe(
    `aws kms encrypt \\
  --region us-east-1 \\
  --key-id alias/payroll \\
  --plaintext aGVsbG8= \\
  --encryption-context purpose=test \\
  --no-dry-run`,
  );
  expect(sdkCode(asked)).toContain(`new EncryptCommand({
    KeyId: 'alias/payroll',
    Plaintext: bytes('aGVsbG8='),
    EncryptionContext: {
      purpose: 'test',
    },
    DryRun: false,
  })`);
});

test('a request that the AWS CLI could not make by options goes as JSON', async () => {
  const asked = { service: 'kms', operation: 'ListKeys', region: 'us-east-1', input: { Nothing: 1 } };
  expect(cliCommand(asked)).toBe(`aws kms list-keys --region us-east-1 --cli-input-json '{"Nothing":1}'`);
});
