import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { unshared, wipe } from '../bytes.ts';
import { roleSchema, rosterSchema } from '../fleet/roster.ts';
import type { StoredDomain } from './domain-record.ts';
import type { Secret } from './store.ts';

/** What a store that keeps bytes writes. */

/** A key in hex digits, or what is public of it. */
const secretSchema = v.object({
  id: v.string(),
  created: v.number(),
  format: v.picklist(['raw', 'pkcs8']),
  algorithm: v.object({ name: v.string(), namedCurve: v.exactOptional(v.string()) }),
  usages: v.array(v.picklist(['wrapKey', 'unwrapKey', 'sign', 'deriveKey'])),
  key: v.string(),
  public: v.exactOptional(v.string()),
});

const domainSchema = v.object({
  region: v.string(),
  revision: v.number(),
  token: v.string(),
  members: v.array(
    v.object({
      name: v.string(),
      place: v.picklist(['a', 'b', 'c', 'safe']),
      state: v.picklist(['in-service', 'offline', 'lost', 'tampered']),
      serialNumber: v.string(),
      keys: v.exactOptional(v.object({ agreement: secretSchema, signing: secretSchema })),
      generation: v.number(),
      knows: rosterSchema,
    }),
  ),
  operators: v.array(v.object({ name: v.string(), role: roleSchema, signing: secretSchema })),
  legacy: v.array(secretSchema),
});

const foundingSchema = v.object({ moduleId: v.string(), seed: v.exactOptional(v.string()) });
const domainsSchema = v.record(v.string(), domainSchema);

/** The whole: this as JSON, in UTF-8. Version 1 had no domains. */
export const contentSchema = v.object({
  version: v.picklist([1, 2]),
  founding: v.optional(foundingSchema),
  starts: v.number(),
  secrets: v.record(v.string(), secretSchema),
  domains: v.optional(domainsSchema, {}),
  /** A restored module that waits. */
  staged: v.optional(v.object({ founding: foundingSchema, starts: v.number(), domains: domainsSchema })),
});

export type Content = v.InferOutput<typeof contentSchema>;
export type WrittenSecret = v.InferOutput<typeof secretSchema>;
export type WrittenDomain = v.InferOutput<typeof domainSchema>;

/** By id: keys that are written already come back as handles that cannot be exported again. */
export function knownSecrets({ secrets, domains }: Content): Map<string, WrittenSecret> {
  const inDomains = Object.values(domains).flatMap(({ members, operators, legacy }) => [
    ...members.flatMap(({ keys }) => (keys ? [keys.agreement, keys.signing] : [])),
    ...operators.map(({ signing }) => signing),
    ...legacy,
  ]);
  return new Map([...Object.values(secrets), ...inDomains].map((secret) => [secret.id, secret]));
}

export async function writtenSecret({
  id,
  created,
  key,
  public: publicPart,
}: Secret): Promise<WrittenSecret> {
  const format = key.type === 'secret' ? 'raw' : 'pkcs8';
  const bytes = new Uint8Array(await crypto.subtle.exportKey(format, key));
  try {
    return v.parse(secretSchema, {
      ...{ id, created, format, algorithm: key.algorithm, usages: key.usages, key: bytesToHex(bytes) },
      ...(publicPart && { public: bytesToHex(publicPart) }),
    });
  } finally {
    wipe(bytes);
  }
}

export async function secretIn({
  id,
  created,
  format,
  algorithm,
  usages,
  ...stored
}: WrittenSecret): Promise<Secret> {
  const bytes = unshared(hexToBytes(stored.key));
  try {
    const key = await crypto.subtle.importKey(format, bytes, algorithm, false, usages);
    return { id, created, key, ...(stored.public !== undefined && { public: hexToBytes(stored.public) }) };
  } finally {
    wipe(bytes);
  }
}

export async function writtenDomain(
  domain: StoredDomain,
  known: ReadonlyMap<string, WrittenSecret>,
): Promise<WrittenDomain> {
  const written = async (secret: Secret) => known.get(secret.id) ?? writtenSecret(secret);
  return {
    ...domain,
    token: bytesToHex(domain.token),
    members: await Promise.all(
      domain.members.map(async ({ keys, ...member }) => ({
        ...member,
        ...(keys && {
          keys: { agreement: await written(keys.agreement), signing: await written(keys.signing) },
        }),
      })),
    ),
    operators: await Promise.all(
      domain.operators.map(async (one) => ({ ...one, signing: await written(one.signing) })),
    ),
    legacy: await Promise.all(domain.legacy.map(written)),
  };
}

export async function domainIn(domain: WrittenDomain): Promise<StoredDomain> {
  return {
    ...domain,
    token: hexToBytes(domain.token),
    members: await Promise.all(
      domain.members.map(async ({ keys, ...member }) => ({
        ...member,
        ...(keys && {
          keys: { agreement: await secretIn(keys.agreement), signing: await secretIn(keys.signing) },
        }),
      })),
    ),
    operators: await Promise.all(
      domain.operators.map(async (one) => ({ ...one, signing: await secretIn(one.signing) })),
    ),
    legacy: await Promise.all(domain.legacy.map(secretIn)),
  };
}
