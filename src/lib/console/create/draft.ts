import type { CreateKeyCommandInput, KeySpec, KeyUsageType, OriginType } from '@aws-sdk/client-kms';
import { isOfferedIn, keySpecs } from '$engine/kms/key-specs.ts';

/** A key while it is being thought of. */
export interface KeyDraft {
  usage: KeyUsageType;
  spec: KeySpec;
  origin: OriginType;
  multiRegion: boolean;
  customKeyStoreId: string;
  xksKeyId: string;
  /** Without `alias/`; '' for none. */
  alias: string;
  description: string;
  tags: readonly { name: string; value: string }[];
}

/** What a key of a usage is unless somebody says otherwise. */
const usualSpec: Record<KeyUsageType, KeySpec> = {
  ENCRYPT_DECRYPT: 'SYMMETRIC_DEFAULT',
  SIGN_VERIFY: 'ECC_NIST_P256',
  GENERATE_VERIFY_MAC: 'HMAC_256',
  KEY_AGREEMENT: 'ECC_NIST_P256',
  ENCAPSULATE_DECAPSULATE: 'ML_KEM_768',
};

/** Which specs a key of a usage may have in a Region. */
export function specsIn(usage: KeyUsageType, region: string): readonly KeySpec[] {
  const specs = Object.keys(keySpecs) as (keyof typeof keySpecs)[];
  return specs.filter((spec) => keySpecs[spec].usages[usage] && isOfferedIn(spec, region));
}

/** Where the material of such a key may come from. */
export const originsOf = (spec: KeySpec): readonly OriginType[] => keySpecs[spec].origins;

/** Keys of custom key stores stay where their store is. */
export const mayBeMultiRegion = ({ origin }: Pick<KeyDraft, 'origin'>): boolean =>
  origin === 'AWS_KMS' || origin === 'EXTERNAL';

/** The draft with whatever no longer fits its choices replaced by what does. */
export function fitted(draft: KeyDraft, region: string): KeyDraft {
  const specs = specsIn(draft.usage, region);
  const spec = specs.includes(draft.spec) ? draft.spec : usualSpec[draft.usage];
  const origin = originsOf(spec).includes(draft.origin) ? draft.origin : 'AWS_KMS';
  return { ...draft, spec, origin, multiRegion: draft.multiRegion && mayBeMultiRegion({ origin }) };
}

/** What keeps the draft from being sent. */
export function missingOf(draft: KeyDraft): ('store' | 'xks' | 'alias')[] {
  const inStore = !mayBeMultiRegion(draft);
  return [
    ...(inStore && draft.customKeyStoreId === '' ? (['store'] as const) : []),
    ...(draft.origin === 'EXTERNAL_KEY_STORE' && draft.xksKeyId === '' ? (['xks'] as const) : []),
    ...(/^([a-zA-Z0-9/_-]{1,250})?$/.test(draft.alias) && !draft.alias.startsWith('aws/')
      ? []
      : (['alias'] as const)),
  ];
}

/** The input of CreateKey; what is AWS's default is left out. */
export function createKeyInput(draft: KeyDraft, policy: string): CreateKeyCommandInput {
  const tags = draft.tags.filter(({ name }) => name !== '');
  return {
    KeySpec: draft.spec,
    KeyUsage: draft.usage,
    Policy: policy,
    ...(draft.origin !== 'AWS_KMS' && { Origin: draft.origin }),
    ...(draft.multiRegion && { MultiRegion: true }),
    ...(draft.description !== '' && { Description: draft.description }),
    ...(tags.length > 0 && { Tags: tags.map(({ name, value }) => ({ TagKey: name, TagValue: value })) }),
    ...(!mayBeMultiRegion(draft) && { CustomKeyStoreId: draft.customKeyStoreId }),
    ...(draft.origin === 'EXTERNAL_KEY_STORE' && { XksKeyId: draft.xksKeyId }),
  };
}
