import { cliCommand } from '$lib/operations/words/cli.ts';
import { sdkCode } from '$lib/operations/words/sdk.ts';
import type { MadeCall } from '../calls.svelte.ts';

/** How the AWS CLI and the AWS SDK for JavaScript would say this call. */
export function inWords(call: MadeCall): { cli: string; sdk: string } {
  return { cli: cliCommand(call), sdk: sdkCode(call) };
}
