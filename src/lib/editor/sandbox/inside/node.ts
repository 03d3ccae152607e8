import { Buffer } from 'buffer';
import { format } from './output.ts';
import { print } from './print.ts';

/** What a program of AWS's documentation takes for granted of Node, as far as a browser has it. */

/** Thrown by `process.exit`. */
export class Exit extends Error {
  constructor(readonly code: number) {
    super(`Left with code ${code}`);
  }
}

export function makeProcess(environment: Record<string, string>, put: (text: string) => void): object {
  const stream = { write: (text: unknown) => (put(String(text).replace(/\n$/, '')), true), isTTY: false };
  return {
    env: { ...environment },
    argv: ['node', 'index.ts'],
    platform: 'linux',
    version: '',
    versions: {},
    stdout: stream,
    stderr: stream,
    exitCode: undefined,
    cwd: () => '/',
    nextTick: (act: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => act(...args)),
    on: () => undefined,
    exit: (code = 0) => {
      throw new Exit(code);
    },
  };
}

/** Modules of Node by name, with or without `node:`. */
export function nodeModule(specifier: string): Record<string, unknown> | undefined {
  const name = specifier.replace(/^node:/, '');
  const make = Object.hasOwn(modules, name) ? modules[name as keyof typeof modules] : undefined;
  if (!make) return undefined;
  const exports: Record<string, unknown> = make();
  return { default: exports, ...exports };
}

const modules = {
  buffer: () => ({ Buffer }),
  process: () => ({ ...(globalThis as unknown as { process: object }).process }),
  util: () => ({
    inspect: print,
    format: (...values: unknown[]) => format(values),
    TextEncoder,
    TextDecoder,
  }),
  'timers/promises': () => ({
    setTimeout: (delay?: number, value?: unknown) =>
      new Promise((resolve) => setTimeout(() => resolve(value), delay)),
  }),
  crypto: () => ({
    webcrypto: crypto,
    subtle: crypto.subtle,
    randomUUID: () => crypto.randomUUID(),
    getRandomValues: (array: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(array),
    randomBytes: (size: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(size))),
    timingSafeEqual: (one: Uint8Array, other: Uint8Array) => {
      if (one.length !== other.length) throw new RangeError('Input buffers must have the same byte length');
      return one.reduce((difference, byte, index) => difference | (byte ^ other[index]!), 0) === 0;
    },
    ...Object.fromEntries(
      ['createHash', 'createHmac', 'createCipheriv', 'createDecipheriv', 'createSign', 'createVerify'].map(
        (name) => [
          name,
          () => {
            throw new Error(
              `${name} of node:crypto is not there in a browser. crypto.subtle does the same, here and in Node.`,
            );
          },
        ],
      ),
    ),
  }),
};

/** Of Node's modules that cannot be had here: what to do instead. */
export function nodeMissing(specifier: string): string | undefined {
  const name = specifier.replace(/^node:/, '');
  if (/^fs(\/|$)|^path$|^os$/.test(name))
    return `There are no files here: “${specifier}” works in Node only. Put what it would read into a file of this project, and import it.`;
  if (
    specifier.startsWith('node:') ||
    /^(http|https|net|tls|child_process|stream|events|zlib|assert|url|worker_threads)$/.test(name)
  )
    return `“${specifier}” works in Node only; this program runs in a browser's worker.`;
  return undefined;
}
