import { done, type Workbench } from '../command.ts';
import type { HsmResult } from '../hsm.ts';
import { sealImportToken, type ImportTerms } from './import-token.ts';
import { importTokenSealed, wrappingPairMade } from './steps.ts';
import { newWrappingPair } from './wrapping.ts';

/**
 * Makes a wrapping pair; its private half leaves in the import token, and the module keeps nothing. As with backing
 * keys, an extractable handle exists from the pair's making to its sealing.
 * @throws RangeError when a key of this spec does not do this algorithm; TypeError when `keyArn` is not the ARN of a
 * KMS key
 */
export async function beginImport(
  bench: Workbench,
  terms: ImportTerms,
): Promise<HsmResult<{ importToken: Uint8Array; publicKey: Uint8Array }>> {
  const domainKeyId = bench.domain.id;
  const pair = await newWrappingPair(bench, terms);
  const importToken = await sealImportToken(bench.domain, pair.key, terms);
  bench.steps?.push(wrappingPairMade(terms, pair), importTokenSealed(domainKeyId, terms, importToken));
  return done(bench, { importToken, publicKey: pair.publicKey });
}
