import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { unshared, utf8Bytes, wipe } from '../bytes.ts';
import { roleSchema, rosterSchema } from '../fleet/roster.ts';
import type { StoredDomain } from './domain-record.ts';
import {
  guarded,
  HsmStoreError,
  isNext,
  requireSameModule,
  type Founding,
  type HsmStore,
  type Kept,
  type Secret,
} from './store.ts';

/** Where a `bytesHsmStore` puts its one piece of data. */
export interface BytesIo {
  /** `undefined`: nothing has been written yet. */
  read(): Promise<Uint8Array | undefined>;
  /** Puts these bytes in the place of the old ones, all or nothing, and durably. */
  write(bytes: Uint8Array): Promise<void>;
}

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

/** What is written: this as JSON, in UTF-8. Version 1 had no domains. */
const contentSchema = v.object({
  version: v.picklist([1, 2]),
  founding: v.optional(v.object({ moduleId: v.string(), seed: v.exactOptional(v.string()) })),
  starts: v.number(),
  secrets: v.record(v.string(), secretSchema),
  domains: v.optional(v.record(v.string(), domainSchema), {}),
});

type Content = v.InferOutput<typeof contentSchema>;
type WrittenSecret = v.InferOutput<typeof secretSchema>;
type WrittenDomain = v.InferOutput<typeof domainSchema>;

/**
 * A store for platforms that cannot keep a `CryptoKey` between two runs, as Node cannot. So it keeps the keys'
 * bytes, in clear: whoever reads what `io` writes has the module. Inside the module there are handles only: a key
 * is exported once, when it is made, and never again.
 *
 * Whoever makes one sees to it that nobody else writes at the same place.
 */
export function bytesHsmStore(io: BytesIo): HsmStore {
  /** One piece of work after the other, as each reads, thinks and writes. */
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(verb: string, work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(() => guarded(verb, work));
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    durability: 'durable',
    keepsBytes: true,
    start: (candidate) => inTurn('read', () => start(io, candidate)),
    async establish(moduleId, name, make) {
      const { secrets } = await inTurn('read', () => readFor(io, moduleId));
      if (secrets[name] !== undefined) return secretIn(secrets[name]);
      // Not in turn: a key may need another one for its making.
      const candidate = await writtenSecret(await make(true));
      return secretIn(await inTurn('write', () => keepFirst(io, moduleId, name, candidate)));
    },
    keepDomain: (moduleId, next, forget) => inTurn('write', () => keepDomain(io, moduleId, next, forget)),
    refound: (next) => inTurn('write', () => write(io, { ...empty, founding: next, starts: 1 })),
    close() {},
  };
}

async function start(io: BytesIo, candidate: Founding): Promise<Kept> {
  const content = await read(io);
  const founding = content.founding ?? candidate;
  const starts = content.starts + 1;
  await write(io, { ...content, founding, starts });
  const secrets = Object.entries(content.secrets).map(
    async ([name, stored]) => [name, await secretIn(stored)] as const,
  );
  const domains = Object.entries(content.domains).map(
    async ([region, domain]) => [region, await domainIn(domain)] as const,
  );
  return {
    ...{ founding, starts },
    secrets: new Map(await Promise.all(secrets)),
    domains: new Map(await Promise.all(domains)),
  };
}

/** What is written now, for the module that asks. */
async function readFor(io: BytesIo, moduleId: string): Promise<Content> {
  const content = await read(io);
  requireSameModule(content.founding, moduleId);
  return content;
}

/** Gives what is kept then. */
async function keepFirst(
  io: BytesIo,
  moduleId: string,
  name: string,
  candidate: WrittenSecret,
): Promise<WrittenSecret> {
  const content = await readFor(io, moduleId);
  const present = content.secrets[name];
  if (present !== undefined) return present;
  await write(io, { ...content, secrets: { ...content.secrets, [name]: candidate } });
  return candidate;
}

async function keepDomain(
  io: BytesIo,
  moduleId: string,
  next: StoredDomain,
  forget: readonly string[] = [],
): Promise<StoredDomain> {
  const content = await readFor(io, moduleId);
  const present = content.domains[next.region];
  if (present !== undefined && !isNext(present.revision, next)) return domainIn(present);
  const written = await writtenDomain(next, knownSecrets(content));
  const secrets = Object.fromEntries(
    Object.entries(content.secrets).filter(([name]) => !forget.includes(name)),
  );
  await write(io, { ...content, secrets, domains: { ...content.domains, [next.region]: written } });
  return domainIn(written);
}

/** By id: keys that are written already come back as handles that cannot be exported again. */
function knownSecrets({ secrets, domains }: Content): Map<string, WrittenSecret> {
  const inDomains = Object.values(domains).flatMap(({ members, operators, legacy }) => [
    ...members.flatMap(({ keys }) => (keys ? [keys.agreement, keys.signing] : [])),
    ...operators.map(({ signing }) => signing),
    ...legacy,
  ]);
  return new Map([...Object.values(secrets), ...inDomains].map((secret) => [secret.id, secret]));
}

const empty: Content = { version: 2, starts: 0, secrets: {}, domains: {} };

async function read(io: BytesIo): Promise<Content> {
  const bytes = await io.read();
  if (bytes === undefined) return empty;
  try {
    return v.parse(contentSchema, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    // What exactly is wrong is not told: it may quote a key.
    throw new HsmStoreError(
      'The cryptographic module cannot read its store: it is damaged, or of a newer kind.',
    );
  }
}

function write(io: BytesIo, content: Content): Promise<void> {
  return io.write(utf8Bytes(JSON.stringify({ ...content, version: 2 } satisfies Content)));
}

async function writtenSecret({ id, created, key, public: publicPart }: Secret): Promise<WrittenSecret> {
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

async function secretIn({
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

async function writtenDomain(
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

async function domainIn(domain: WrittenDomain): Promise<StoredDomain> {
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
