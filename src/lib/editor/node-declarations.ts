/** What the sandbox has of Node's globals (`sandbox/inside/node.ts`), for the editor's type checks. `Buffer`'s own are real. */
export const nodeGlobals = `
import { Buffer as NodeBuffer } from 'buffer';

declare global {
  var Buffer: typeof NodeBuffer;
  type Buffer = NodeBuffer;
  var global: typeof globalThis;
  /** What the sandbox has of Node's \`process\`. */
  var process: {
    /** Region and credentials of whom you act as stand here, where AWS's SDKs look for them. */
    env: Record<string, string | undefined>;
    argv: string[];
    exitCode: number | undefined;
    exit(code?: number): never;
    cwd(): string;
    nextTick(act: (...args: any[]) => void, ...args: any[]): void;
    stdout: { write(text: string | Uint8Array): boolean };
    stderr: { write(text: string | Uint8Array): boolean };
    on(event: string, act: (...args: any[]) => void): void;
  };
}

`;

/** And of its modules; apart, since a file that imports can only add to modules that are there. */
export const nodeModules = `
declare module 'node:buffer' {
  export { Buffer } from 'buffer';
}
declare module 'node:process' {
  const value: typeof process;
  export default value;
  export const env: typeof process.env;
}
declare module 'node:util' {
  export function inspect(value: unknown): string;
  export function format(...values: unknown[]): string;
}
declare module 'node:timers/promises' {
  export function setTimeout<Value>(delay?: number, value?: Value): Promise<Value>;
}
declare module 'node:crypto' {
  export const webcrypto: Crypto;
  export const subtle: SubtleCrypto;
  export function randomUUID(): string;
  export function randomBytes(size: number): import('buffer').Buffer;
  export function getRandomValues<Values extends ArrayBufferView>(values: Values): Values;
  export function timingSafeEqual(one: Uint8Array, other: Uint8Array): boolean;
}
`;
