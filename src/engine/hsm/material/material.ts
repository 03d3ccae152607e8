import type { Workbench } from '../command.ts';
import type { BackingKeySpec } from '../hsm.ts';

/** Key material on its way into a token, or out of the module as a data key pair. */
export interface Material {
  /** Extractable, in the form that `sealedFormat` says, so that `wrapKey` takes it. Not to be kept. */
  key: CryptoKey;
  /** DER SubjectPublicKeyInfo, of asymmetric keys. */
  publicKey?: Uint8Array;
}

/** What the making of keys needs of a command's workbench. */
export type Source = Pick<Workbench, 'randomness' | 'seeded'>;

/** How keys of some specs come to be. */
export interface Family<Spec extends BackingKeySpec> {
  generate(spec: Spec, source: Source): Promise<Material>;
  /** `undefined`: the bytes are no key of this spec. Absent where AWS imports none. */
  adopt?(spec: Spec, bytes: Uint8Array): Promise<Material | undefined>;
}
