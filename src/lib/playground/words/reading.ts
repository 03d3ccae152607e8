import type { MadeCall } from '../calls.svelte.ts';

/** Whether this is one of the calls that the console makes by itself, to show what is there. */
export function isOnlyReading({ face, operation }: Pick<MadeCall, 'face' | 'operation'>): boolean {
  return face === 'console' && /^(List|Describe|Get|Lookup)/.test(operation);
}
