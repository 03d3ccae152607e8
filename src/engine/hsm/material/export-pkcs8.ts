import { wipe, type Bytes } from '../bytes.ts';
import type { DataKeyPairSpec } from '../hsm.ts';
import { sealedFormat } from '../key-token.ts';
import type { FixedLengthSpec } from './key-formats.ts';
import type { Material } from './material.ts';
import { pkcs8Of } from './private-key.ts';
import { publicKeyIn } from './public-key.ts';

/** A new pair's private key as PKCS #8 DER, in an array of the caller's to wipe. */
export async function exportPkcs8(
  spec: DataKeyPairSpec,
  { key, publicKey }: Required<Material>,
): Promise<Bytes> {
  const format = sealedFormat(spec);
  const exported = new Uint8Array(await crypto.subtle.exportKey(format, key));
  if (format === 'pkcs8') return exported;
  // Only keys of fixed length are sealed raw.
  const bareSpec = spec as FixedLengthSpec;
  const pkcs8 = pkcs8Of(bareSpec, exported, publicKeyIn(bareSpec, publicKey)!);
  wipe(exported);
  return pkcs8;
}
