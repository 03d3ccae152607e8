import type { KeyMetadata } from '@aws-sdk/client-kms';
import { consoleKeyText as text } from '$lib/strings/console-key.ts';

/** What else goes when a key is deleted, beside what it encrypted. */
export function lossesOf({ KeySpec, Origin, MultiRegionConfiguration: related }: KeyMetadata): string[] {
  const isMac = KeySpec?.startsWith('HMAC_') ?? false;
  const isAsymmetric = !isMac && KeySpec !== 'SYMMETRIC_DEFAULT';
  const isPrimary = related?.MultiRegionKeyType === 'PRIMARY';
  const replicas = related?.ReplicaKeys?.length ?? 0;
  return [
    ...(isAsymmetric ? [text.scheduleAsymmetric] : []),
    ...(isMac ? [text.scheduleMac] : []),
    ...(Origin === 'EXTERNAL' && KeySpec === 'SYMMETRIC_DEFAULT' ? [text.scheduleImported] : []),
    ...(isPrimary && replicas > 0 ? [text.schedulePrimary(replicas)] : []),
    ...(related && !isPrimary ? [text.scheduleReplica] : []),
    text.scheduleAlso,
  ];
}
