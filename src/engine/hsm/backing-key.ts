import { done, type Workbench } from './command.ts';
import type { BackingKeySpec, ExportedKeyToken, HsmResult } from './hsm.ts';
import { keyIdOf } from './key-token.ts';
import { generateMaterial } from './material/generate-material.ts';
import { materialIdOf } from './material/material-id.ts';
import { backingKeyMade, tokenSealed } from './steps.ts';

interface NewBackingKey {
  token: ExportedKeyToken;
  /** DER SubjectPublicKeyInfo, of asymmetric keys. */
  publicKey?: Uint8Array;
}

/**
 * Makes a backing key and seals it. `wrapKey` takes extractable keys only, so an extractable handle exists here,
 * from the key's making to its sealing; it is not kept.
 * @throws TypeError when `keyArn` is not the ARN of a KMS key
 */
export async function generateBackingKey(
  bench: Workbench,
  { keyArn, spec }: { keyArn: string; spec: BackingKeySpec },
): Promise<HsmResult<NewBackingKey>> {
  const keyId = keyIdOf(keyArn);
  if (keyId === undefined) throw new TypeError(`Not the ARN of a KMS key: ${keyArn}`);
  const { key, publicKey } = await generateMaterial(spec, bench);
  const materialId = await materialIdOf(keyId, spec, key, publicKey);
  const token = await bench.domain.seal(key, { materialId, keyArn, spec });
  bench.steps?.push(backingKeyMade(token), tokenSealed(token));
  return done(bench, { token, ...(publicKey && { publicKey }) });
}
