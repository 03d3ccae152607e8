import {
  replaceDeep,
  subtleMethods,
  type CryptoAnswer,
  type CryptoCall,
  type KeyFacts,
  type KeyNumber,
} from './crypto-protocol.ts';

/** As many as a program may have made; more are a mistake, and would fill the memory. */
const mostKeys = 10_000;

/** Does Web Crypto for who asks by `port`, and keeps the keys. */
export function serveCrypto(port: MessagePort): void {
  const keys = new Map<number, CryptoKey>();

  const keyOf = (value: object): object | undefined =>
    Object.hasOwn(value, 'glassKey') ? keys.get((value as KeyNumber).glassKey) : undefined;

  const factsOf = (value: object): KeyFacts | undefined => {
    if (!(value instanceof CryptoKey)) return undefined;
    if (keys.size >= mostKeys) throw new DOMException('Too many keys', 'QuotaExceededError');
    const glassKey = keys.size + 1;
    keys.set(glassKey, value);
    const { type, extractable, algorithm, usages } = value;
    return { glassKey, type, extractable, algorithm, usages };
  };

  port.onmessage = async ({ data: { id, method, args } }: MessageEvent<CryptoCall>) => {
    let answer: CryptoAnswer;
    try {
      if (!subtleMethods.includes(method)) throw new TypeError('Not a method of SubtleCrypto');
      const { subtle } = crypto;
      const call = subtle[method as 'digest'] as ((...args: unknown[]) => Promise<unknown>) | undefined;
      if (!call) throw new DOMException(`This browser has no ${method}`, 'NotSupportedError');
      const result = await call.apply(
        subtle,
        args.map((arg) => replaceDeep(arg, keyOf)),
      );
      answer = { id, result: replaceDeep(result, factsOf) };
    } catch (error) {
      const { name, message } = error as Error;
      answer = { id, error: { name, message } };
    }
    port.postMessage(answer);
  };
}
