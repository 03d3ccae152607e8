import { utf8Bytes, type Bytes } from './bytes.ts';
import type { BackingKeySpec, ExportedKeyToken } from './hsm.ts';

/** What a token says in clear about the key in it. Changing any of it breaks the seal. */
export type TokenIdentity = Pick<ExportedKeyToken, 'materialId' | 'keyArn' | 'spec' | 'domainKeyId'>;

/** The form in which a backing key is sealed: PKCS #8 for private keys that Web Crypto knows, raw otherwise. */
export function sealedFormat(spec: BackingKeySpec): 'raw' | 'pkcs8' {
  return spec.startsWith('RSA_') || spec.startsWith('ECC_NIST_') ? 'pkcs8' : 'raw';
}

/** The seal's additional authenticated data: a JSON array of strings, in UTF-8. */
export function tokenAad({ materialId, keyArn, spec, domainKeyId }: TokenIdentity): Bytes {
  return utf8Bytes(JSON.stringify(['GlassKMS exported key token', materialId, keyArn, spec, domainKeyId]));
}

/** Whether two tokens are the same in every field. */
export function sameIdentity(a: TokenIdentity, b: TokenIdentity): boolean {
  return (
    a.materialId === b.materialId &&
    a.keyArn === b.keyArn &&
    a.spec === b.spec &&
    a.domainKeyId === b.domainKeyId
  );
}

/**
 * The key id in a KMS key ARN: `1234abcd-…` in `arn:aws:kms:us-east-1:111122223333:key/1234abcd-…`. The copies
 * of a multi-Region key share it, and with it their KeyMaterialId. `undefined`: not the ARN of a key.
 */
export function keyIdOf(keyArn: string): string | undefined {
  return /^arn:[^:]+:kms:[^:]+:[^:]+:key\/(.+)$/.exec(keyArn)?.[1];
}
