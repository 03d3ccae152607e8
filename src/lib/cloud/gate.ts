import { networkError } from './calls.ts';

/** A promise that is settled from outside, once: what requests wait at until the cloud is up. */
export interface Gate<Value> {
  readonly passed: Promise<Value>;
  readonly isSettled: boolean;
  open(value: Value): void;
  close(reason: string): void;
}

export function gate<Value>(): Gate<Value> {
  let resolve: (value: Value) => void;
  let reject: (reason: TypeError) => void;
  let isSettled = false;
  const passed = new Promise<Value>((...settle) => ([resolve, reject] = settle));
  // Nobody may be waiting.
  passed.catch(() => {});
  return {
    passed,
    get isSettled() {
      return isSettled;
    },
    open(value) {
      isSettled = true;
      resolve(value);
    },
    close(reason) {
      isSettled = true;
      reject(networkError(reason));
    },
  };
}
