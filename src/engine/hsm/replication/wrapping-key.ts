import { agree, statement, theirKey, type AgreementKey } from '../agreement.ts';

/** The replication wrapping key, AES-256-GCM: from keys for this one copy on both sides (SP 800-56A, C(2e, 0s)). */
export async function agreeOnWrappingKey(
  own: AgreementKey,
  theirs: Uint8Array,
  { offered, answered }: { offered: Uint8Array; answered: Uint8Array },
  usage: 'wrapKey' | 'unwrapKey',
): Promise<CryptoKey> {
  const info = statement('replication wrapping key', offered, answered);
  return agree(own.privateKey, await theirKey('raw', theirs), info, { name: 'AES-GCM', usage });
}
