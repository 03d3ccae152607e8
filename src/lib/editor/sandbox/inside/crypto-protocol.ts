/** How the worker of a sandbox has its frame do Web Crypto. Keys stay in the frame; the worker has their numbers. */

export const subtleMethods = [
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'digest',
  'generateKey',
  'deriveKey',
  'deriveBits',
  'importKey',
  'exportKey',
  'wrapKey',
  'unwrapKey',
  'encapsulateKey',
  'encapsulateBits',
  'decapsulateKey',
  'decapsulateBits',
  'getPublicKey',
] as const;

export type SubtleMethod = (typeof subtleMethods)[number];

export interface CryptoCall {
  id: number;
  method: SubtleMethod;
  /** Keys stand in them as `KeyNumber`. */
  args: unknown[];
}

export interface KeyNumber {
  glassKey: number;
}

/** A key as the frame describes it. */
export interface KeyFacts extends KeyNumber {
  type: KeyType;
  extractable: boolean;
  algorithm: KeyAlgorithm;
  usages: KeyUsage[];
}

export type CryptoAnswer =
  | { id: number; result: unknown }
  | { id: number; error: { name: string; message: string } };

/** Puts something else in the place of some values, at any depth of arrays and plain objects. */
export function replaceDeep(value: unknown, replace: (value: object) => object | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const other = replace(value);
  if (other) return other;
  if (Array.isArray(value)) return value.map((item) => replaceDeep(item, replace));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceDeep(item, replace)]));
}
