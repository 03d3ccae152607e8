import type { Workbench } from './command.ts';
import type { ExportedKeyToken } from './hsm.ts';
import type { Purpose } from './purposes.ts';
import { tokenOpened, tokenRefused, tokenRemembered } from './steps.ts';

/**
 * The handle of a token's backing key, from module memory or by opening the token, with the step for the glass.
 * `undefined`: the token does not open. Gives a handle in memory at once, as awaiting one costs each call time.
 */
export function unseal(
  bench: Workbench,
  token: ExportedKeyToken,
  purpose: Purpose,
): CryptoKey | Promise<CryptoKey | undefined> {
  const remembered = bench.domain.remembered(token, purpose);
  if (remembered === undefined) return open(bench, token, purpose);
  bench.steps?.push(tokenRemembered(token));
  return remembered;
}

async function open(
  { domain, steps }: Workbench,
  token: ExportedKeyToken,
  purpose: Purpose,
): Promise<CryptoKey | undefined> {
  const handle = await domain.unseal(token, purpose);
  steps?.push(handle === undefined ? tokenRefused(token) : tokenOpened(token));
  return handle;
}
