import { compare, type Comparison } from './compare.ts';
import { ask, memoryDoor, repeated, type Door } from './door.ts';

const few = 100;
const many = 20_000;
const atOnce = 50;

export interface Scale {
  comparisons: Comparison[];
  /** Bytes of JavaScript heap and buffers that one more key takes, in a vault in memory, with its journal. */
  bytesPerKey: number;
}

/** A cloud of 100,000 keys against one of 100: the same requests, and what a key weighs. */
export async function compareScale(): Promise<Scale> {
  const small = await cloudWith(few);
  const before = heldBytes();
  const large = await cloudWith(many);
  const bytesPerKey = (heldBytes() - before) / many;
  const requests: [name: string, operation: string, input: (keyId: string) => object][] = [
    ['Encrypt', 'Encrypt', (KeyId) => ({ KeyId, Plaintext: 'c2VjcmV0' })],
    ['DescribeKey', 'DescribeKey', (KeyId) => ({ KeyId })],
    ['A page of ListKeys', 'ListKeys', () => ({ Limit: few })],
  ];
  const comparisons: Comparison[] = [];
  for (const [name, operation, input] of requests) {
    comparisons.push(
      await compare(`${name} with ${many.toLocaleString('en')} keys ÷ with ${few}`, {
        subject: await repeated(large.door, operation, input(large.keyId)),
        baseline: await repeated(small.door, operation, input(small.keyId)),
      }),
    );
  }
  return { comparisons, bytesPerKey };
}

/** Makes keys by signed requests, some at a time: the module works beside the engine. */
async function cloudWith(count: number): Promise<{ door: Door; keyId: string }> {
  const door = await memoryDoor();
  let keyId = '';
  for (let made = 0; made < count; made += atOnce) {
    const replies = await Promise.all(Array.from({ length: atOnce }, () => ask(door, 'CreateKey', {})));
    if (made <= count / 2) ({ KeyId: keyId } = replies[0]!.KeyMetadata as { KeyId: string });
  }
  return { door, keyId };
}

/** The garbage collector has to be called for this to mean anything; `npm run bench` lets it. */
function heldBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
