import { signingAlgorithms } from '$engine/kms/key-specs.ts';

/** What of a message KMS is given. `hashed`: the page hashes it, and sends a DIGEST. */
export type Given = 'RAW' | 'hashed' | 'DIGEST' | 'EXTERNAL_MU';

/** Which of them an algorithm takes; RAW for one that nobody knows. */
export function givenFor(algorithm: string): Given[] {
  if (!(algorithm in signingAlgorithms)) return ['RAW'];
  const { raw, digest, externalMu } = signingAlgorithms[algorithm as keyof typeof signingAlgorithms];
  // SM3, the hash of SM2DSA, is unknown to browsers.
  const hashes = digest !== undefined && algorithm !== 'SM2DSA';
  return [
    ...(raw ? (['RAW'] as const) : []),
    ...(hashes ? (['hashed'] as const) : []),
    ...(digest !== undefined ? (['DIGEST'] as const) : []),
    ...(externalMu !== undefined ? (['EXTERNAL_MU'] as const) : []),
  ];
}

/** The members of Sign and Verify that say what is signed. */
export async function messageOf(
  bytes: Uint8Array<ArrayBuffer>,
  given: Given,
  algorithm: string,
): Promise<{ Message: Uint8Array; MessageType: 'RAW' | 'DIGEST' | 'EXTERNAL_MU' }> {
  if (given !== 'hashed') return { Message: bytes, MessageType: given };
  const hash = algorithm.replace(/^.*SHA_/, 'SHA-');
  return { Message: new Uint8Array(await crypto.subtle.digest(hash, bytes)), MessageType: 'DIGEST' };
}
