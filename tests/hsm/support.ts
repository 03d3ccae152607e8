import { spawnSync } from 'node:child_process';
import { createDecipheriv } from 'node:crypto';
import { vi } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import type {
  BackingKeySpec,
  Described,
  ExportedKeyToken,
  Hsm,
  HsmResult,
  HsmView,
} from '../../src/engine/hsm/hsm.ts';
import { newDomain, newOperators } from '../../src/engine/hsm/fleet/new-domain.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { membersStock } from '../support/stock.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { StoredDomain } from '../../src/engine/hsm/store/domain-record.ts';
import type { HsmStore } from '../../src/engine/hsm/store/store.ts';

/** RSA keys take long to find, and longer on a busy machine. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

export const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
export const otherKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321';

/** The first key's copy in another Region, were it a multi-Region key. */
export const otherRegionKeyArn = keyArn.replace('us-east-1', 'eu-central-1');

export const startTime = Date.UTC(2026, 9, 1);

export const ciphers = { algorithm: 'SYMMETRIC_DEFAULT', context: {} } as const;

export function openTestHsm(store: HsmStore = memoryHsmStore(), seed?: string): Promise<Hsm> {
  return openHsm({
    ...{ store, clock: manualClock(startTime), randomness: systemRandomness, stock: membersStock },
    ...(seed !== undefined && { seed }),
  });
}

/** The output of a command that must have been done. */
export function accepted<Output>(result: HsmResult<Output>): { ok: true } & Output & Described {
  if (!result.ok) throw new Error(`Refused: ${result.refusal}`);
  return result;
}

/** What a command that must not have been done says. */
export function refusal(result: HsmResult<unknown>): string {
  if (result.ok) throw new Error('Not refused');
  return result.refusal;
}

export async function newToken(hsm: Hsm, spec: BackingKeySpec = 'SYMMETRIC_DEFAULT', arn = keyArn) {
  return accepted(await hsm.generateBackingKey({ keyArn: arn, spec })).token;
}

export async function newRsaKey(
  hsm: Hsm,
  spec: Exclude<BackingKeySpec, 'SYMMETRIC_DEFAULT'> = 'RSA_2048',
): Promise<{ token: ExportedKeyToken; publicKey: Uint8Array }> {
  const { token, publicKey } = accepted(await hsm.generateBackingKey({ keyArn, spec }));
  if (publicKey === undefined) throw new Error('No public key');
  return { token, publicKey };
}

/**
 * What a store holds whose domain key in `region` has these bytes. The test knows them, as nobody knows a real one's,
 * so that it can open tokens by Node's own cryptography and check from outside what the module made.
 */
export async function knownDomainKey(
  bytes: Uint8Array<ArrayBuffer>,
  region = 'us-east-1',
): Promise<{ domains: Map<string, StoredDomain> }> {
  const id = '11111111-2222-4333-8444-555555555555';
  // Extractable, as a new domain key is until it is in the domain's token.
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', true, ['wrapKey', 'unwrapKey']);
  const first = Promise.resolve([{ id, key, created: startTime, state: 'active' as const }]);
  const workshop = {
    ...{ now: startTime, extractable: false, seeded: false, stock: membersStock },
    randomness: () => systemRandomness,
  };
  const domain = await newDomain(region, workshop, await newOperators(workshop), [], first);
  return { domains: new Map([[region, domain]]) };
}

/** As it is shown right after a start. */
export function asNew(view: HsmView): HsmView {
  const domains = view.domains.map((domain) => ({
    ...domain,
    members: domain.members.map((member) => ({ ...member, commands: 0, handles: 0 })),
  }));
  return { ...view, commands: 0, domains };
}

/** Modules take turns: runs a command until it is the turn of the one that ran it first. */
export async function untilSameModule<Result>(run: () => Promise<Result>): Promise<Result> {
  await run();
  await run();
  return run();
}

/** Opens a token as its documentation says: AES-256-GCM, the identity as a JSON array for AAD. */
export function openToken(token: ExportedKeyToken, domainKey: Uint8Array): Buffer {
  const { materialId, keyArn: arn, spec, domainKeyId } = token;
  const aad = JSON.stringify(['GlassKMS exported key token', materialId, arn, spec, domainKeyId]);
  return openGcm(domainKey, token.iv, Buffer.from(aad), token.sealed);
}

/** AES-256-GCM by Node's own cryptography. @throws when the tag does not match */
export function openGcm(key: Uint8Array, iv: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(aad).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}

/** Whether the openssl command is there; tests that ask it are skipped, and say so, where it is not. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
