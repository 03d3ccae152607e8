import type { MadeCall } from '../calls.svelte.ts';

/** How the AWS CLI and the AWS SDK for JavaScript would say this call. */
export function inWords(call: MadeCall): { cli: string; sdk: string } {
  const input = JSON.stringify(call.input, null, 2);
  return { cli: `aws ${call.service} ${call.operation} --cli-input-json '${input}'`, sdk: input };
}
