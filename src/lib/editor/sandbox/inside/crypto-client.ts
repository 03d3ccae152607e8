import {
  replaceDeep,
  subtleMethods,
  type CryptoAnswer,
  type CryptoCall,
  type KeyFacts,
  type SubtleMethod,
} from './crypto-protocol.ts';
import { dataOf } from './message-data.ts';
import type { Pending } from './pending.ts';

const numbers = new WeakMap<object, number>();

/** A key that the frame keeps. */
class SandboxKey {
  readonly type: KeyType;
  readonly extractable: boolean;
  readonly algorithm: KeyAlgorithm;
  readonly usages: KeyUsage[];

  constructor({ glassKey, type, extractable, algorithm, usages }: KeyFacts) {
    this.type = type;
    this.extractable = extractable;
    this.algorithm = algorithm;
    this.usages = usages;
    numbers.set(this, glassKey);
  }

  get [Symbol.toStringTag](): string {
    return 'CryptoKey';
  }
}
Object.defineProperty(SandboxKey, 'name', { value: 'CryptoKey' });

/** Gives this worker's `crypto` what it lacks: `subtle`, done by the frame, and `randomUUID`. */
export function installCrypto(port: MessagePort, pending: Pending): void {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const post = port.postMessage.bind(port);
  let lastId = 0;

  port.onmessage = (event) => {
    const data = dataOf(event) as CryptoAnswer;
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) call?.reject(toError(data.error));
    else call?.resolve(replaceDeep(data.result, toKey));
  };

  const ask = (method: SubtleMethod, args: unknown[]): Promise<unknown> =>
    pending.until(
      new Promise((resolve, reject) => {
        const id = ++lastId;
        // Throws for what cannot be sent, which rejects.
        post({ id, method, args: args.map((arg) => replaceDeep(arg, toNumber)) } satisfies CryptoCall);
        waiting.set(id, { resolve, reject });
      }),
    );

  const subtle = Object.fromEntries(
    subtleMethods.map((method) => [method, async (...args: unknown[]) => ask(method, args)]),
  );
  Object.defineProperty(subtle, Symbol.toStringTag, { value: 'SubtleCrypto' });
  Object.defineProperty(crypto, 'subtle', { value: subtle, enumerable: true });
  Object.defineProperty(crypto, 'randomUUID', { value: randomUuid, enumerable: true });
  Object.defineProperty(globalThis, 'CryptoKey', { value: SandboxKey, writable: true, configurable: true });
}

function toNumber(value: object): object | undefined {
  const glassKey = numbers.get(value);
  return glassKey === undefined ? undefined : { glassKey };
}

function toKey(value: object): object | undefined {
  return Object.hasOwn(value, 'glassKey') ? new SandboxKey(value as KeyFacts) : undefined;
}

function toError({ name, message }: { name: string; message: string }): Error {
  return name === 'TypeError' ? new TypeError(message) : new DOMException(message, name);
}

/** RFC 9562, version 4. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
