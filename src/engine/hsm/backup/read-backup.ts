import { hexToBytes } from '@noble/hashes/utils.js';
import { uuid } from '../../clock/randomness.ts';
import { unshared } from '../bytes.ts';
import type { DomainKey } from '../fleet/domain-token.ts';
import { ModuleMemory, type Platform } from '../module-memory.ts';
import type { Staged } from '../store/store.ts';
import { backupKey } from './backup-key.ts';
import { backupIn, keyStatement, type WrittenBackup } from './format.ts';

/**
 * Opens a backup into new modules: with new serial numbers, keys and operators, and the old domain keys, so that the
 * old key tokens open again. What was no domain key is made anew: the keys by which Regions know each other, and the
 * root of attestation. `undefined`: it is no backup, was changed, or the passphrase is another.
 */
export async function readBackup(
  platform: Platform,
  { backup, passphrase }: { backup: Uint8Array; passphrase: string },
): Promise<Staged | undefined> {
  const written = backupIn(backup);
  if (written === undefined) return undefined;
  const keys = await domainKeysIn(written, passphrase);
  if (keys === undefined) return undefined;
  const { seed, starts, domains } = written.contents;
  // Another id than the old module's, which may be at work here: records belong to one of them.
  const founding = { moduleId: uuid(platform.randomness), ...(seed !== undefined && { seed }) };
  const memory = new ModuleMemory(platform, { founding, starts, secrets: new Map(), domains: new Map() });
  const founded = domains.map(({ region, keys: own }) =>
    memory.newDomain(region, Promise.resolve(own.map(({ id }) => keys.get(id)!))),
  );
  return { founding, starts, domains: await Promise.all(founded) };
}

/** By id. They can be exported until they are wrapped into the tokens of their new domains. */
async function domainKeysIn(
  { contents, salt, iterations, wrapped }: WrittenBackup,
  passphrase: string,
): Promise<Map<string, DomainKey> | undefined> {
  const named = contents.domains.flatMap(({ keys }) => keys);
  if (named.length !== wrapped.length) return undefined;
  const unwrappingKey = await backupKey(passphrase, hexToBytes(salt), iterations, 'unwrapKey');
  try {
    const opened = named.map(async (about, index) => {
      const { iv, key: sealed } = wrapped[index]!;
      const additionalData = keyStatement(contents, about.id);
      const unwrapping = { name: 'AES-GCM', iv: unshared(hexToBytes(iv)), additionalData };
      const bytes = unshared(hexToBytes(sealed));
      const key = await crypto.subtle.unwrapKey('raw', bytes, unwrappingKey, unwrapping, 'AES-GCM', true, [
        ...(['wrapKey', 'unwrapKey'] as const),
      ]);
      return [about.id, { ...about, key }] as const;
    });
    return new Map(await Promise.all(opened));
  } catch {
    return undefined;
  }
}
