import { done, refused, unavailable, type Workbench } from '../command.ts';
import type { ExportedKeyToken, HsmResult } from '../hsm.ts';
import { regionOf } from '../region.ts';
import { made, read, step } from '../steps.ts';
import type { Serving } from './fleet.ts';

/**
 * Seals tokens anew under the active keys of their domains, as a rotation of a domain key asks for (AWS KMS
 * Cryptographic Details, "Domain keys"). Each backing key goes from one seal into the other as a handle, so that no
 * script sees its bytes.
 */
export async function reseal(
  bench: Workbench,
  { tokens }: { tokens: readonly ExportedKeyToken[] },
): Promise<HsmResult<{ tokens: (ExportedKeyToken | undefined)[] }>> {
  const serving = new Map<string | undefined, Serving>();
  for (const { keyArn } of tokens) {
    const region = regionOf(keyArn);
    if (serving.has(region)) continue;
    const module = await bench.memory.serve(keyArn);
    if (module === undefined) {
      bench.steps?.push(...unavailable(keyArn, { watched: true }).steps);
      return refused(bench, 'MODULE_UNAVAILABLE');
    }
    serving.set(region, module);
  }
  const resealed: (ExportedKeyToken | undefined)[] = [];
  // One after the other: in a module with a seed the nonces follow from the order.
  for (const token of tokens) resealed.push(await sealAnew(serving.get(regionOf(token.keyArn))!, token));
  for (const [region, { module, domain }] of serving) {
    if (region === undefined || module === undefined) continue;
    const count = resealed.filter((token) => token !== undefined && regionOf(token.keyArn) === region).length;
    bench.steps?.push(
      step(
        'The module seals exported key tokens anew under the active domain key.',
        [read('Module', module), read('Region', region), read('Domain key', domain.id)],
        [made('Tokens', count)],
      ),
    );
  }
  return done(bench, { tokens: resealed });
}

async function sealAnew({ domain }: Serving, token: ExportedKeyToken): Promise<ExportedKeyToken | undefined> {
  const key = await domain.unsealAsItIs(token);
  if (key === undefined) return undefined;
  const { materialId, keyArn, spec } = token;
  return domain.sealAsItIs(key, { materialId, keyArn, spec });
}
