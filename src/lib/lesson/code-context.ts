import { getContext, setContext } from 'svelte';

/** A step's source, plain to be copied and coloured to be read. */
export interface StepCode {
  text: string;
  html: string;
}

const contextKey = Symbol('code');

export function provideCode(bySteps: () => Record<string, StepCode>): void {
  setContext(contextKey, bySteps);
}

export function useCode(step: string): StepCode | undefined {
  return getContext<() => Record<string, StepCode>>(contextKey)()[step];
}
