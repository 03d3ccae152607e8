import { bytesToHex } from '@noble/hashes/utils.js';
import { ivLength } from '../ciphertext-blob-layout.ts';
import { authorIn, openTokenInForce } from '../fleet/change.ts';
import type { DomainKey } from '../fleet/domain-token.ts';
import type { FleetRefusal, FleetResult } from '../hsm.ts';
import type { ModuleMemory, Platform } from '../module-memory.ts';
import { backupKey, backupRounds, saltLength } from './backup-key.ts';
import { backupBytes, keyStatement, type BackupContents, type WrittenBackup } from './format.ts';

interface OpenDomain {
  region: string;
  keys: readonly DomainKey[];
}

/**
 * Writes a backup: a domain token, as it were, for one more member, who is known by a passphrase. In each domain a
 * module in service opens the token in force, as for the next one, so that the domain keys can be exported for as long
 * as this takes; `wrapKey` wraps them, and no script sees a byte of them. Domain keys from before there were tokens
 * cannot be wrapped, and are left out.
 */
export async function writeBackup(
  memory: ModuleMemory,
  { clock, randomness }: Platform,
  { passphrase, iterations = backupRounds }: { passphrase: string; iterations?: number },
): Promise<FleetResult<{ backup: Uint8Array; domainKeyIds: string[] }>> {
  const opened = await Promise.all(memory.regions().map((region) => openDomain(memory, region)));
  const domains: OpenDomain[] = [];
  for (const domain of opened) {
    if ('reason' in domain) return { ok: false, refusal: domain, steps: [] };
    domains.push(domain);
  }
  const contents: BackupContents = {
    version: 1,
    ...memory.founding,
    ...{ starts: memory.starts, made: clock.now() },
    domains: domains.map(({ region, keys }) => ({
      region,
      keys: keys.map(({ id, created, state }) => ({ id, created, state })),
    })),
  };
  const salt = randomness.bytes(saltLength);
  const wrappingKey = await backupKey(passphrase, salt, iterations, 'wrapKey');
  const keys = domains.flatMap((domain) => domain.keys);
  const wrapped = await Promise.all(
    keys.map(async ({ id, key }): Promise<WrittenBackup['wrapped'][number]> => {
      const iv = randomness.bytes(ivLength);
      const wrapping = { name: 'AES-GCM', iv, additionalData: keyStatement(contents, id) };
      const bytes = new Uint8Array(await crypto.subtle.wrapKey('raw', key, wrappingKey, wrapping));
      return { iv: bytesToHex(iv), key: bytesToHex(bytes) };
    }),
  );
  const backup = backupBytes({ contents, salt: bytesToHex(salt), iterations, wrapped });
  return { ok: true, backup, domainKeyIds: keys.map(({ id }) => id), steps: [] };
}

async function openDomain(memory: ModuleMemory, region: string): Promise<OpenDomain | FleetRefusal> {
  const fleet = await memory.fleetOf(region);
  if (fleet === undefined) return { reason: 'UNKNOWN_DOMAIN', region };
  return fleet.inTurn(async (domain) => {
    const author = authorIn(domain);
    if (author === undefined) return { reason: 'MODULE_UNAVAILABLE', region };
    return { region, keys: await openTokenInForce(domain, author) };
  });
}
