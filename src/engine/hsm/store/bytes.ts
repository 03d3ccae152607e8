import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { unshared, utf8Bytes, wipe } from '../bytes.ts';
import {
  guarded,
  HsmStoreError,
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

/** What is written: this as JSON, in UTF-8. Keys and other bytes are hex digits. */
const contentSchema = v.object({
  version: v.literal(1),
  founding: v.optional(v.object({ moduleId: v.string(), seed: v.exactOptional(v.string()) })),
  starts: v.number(),
  secrets: v.record(
    v.string(),
    v.object({
      id: v.string(),
      created: v.number(),
      format: v.picklist(['raw', 'pkcs8']),
      algorithm: v.object({ name: v.string(), namedCurve: v.exactOptional(v.string()) }),
      usages: v.array(v.picklist(['wrapKey', 'unwrapKey', 'sign'])),
      key: v.string(),
      public: v.exactOptional(v.string()),
    }),
  ),
});

type Content = v.InferOutput<typeof contentSchema>;
type StoredSecret = Content['secrets'][string];

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
    start: (candidate) => inTurn('read', () => start(io, candidate)),
    async establish(moduleId, name, make) {
      const { secrets } = await inTurn('read', () => readFor(io, moduleId));
      if (secrets[name] !== undefined) return fromStored(secrets[name]);
      // Not in turn: a key may need another one for its making.
      const candidate = await toStored(await make(true));
      return fromStored(await inTurn('write', () => keepFirst(io, moduleId, name, candidate)));
    },
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
    async ([name, stored]) => [name, await fromStored(stored)] as const,
  );
  return { founding, starts, secrets: new Map(await Promise.all(secrets)) };
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
  candidate: StoredSecret,
): Promise<StoredSecret> {
  const content = await readFor(io, moduleId);
  const present = content.secrets[name];
  if (present !== undefined) return present;
  await write(io, { ...content, secrets: { ...content.secrets, [name]: candidate } });
  return candidate;
}

const empty: Content = { version: 1, starts: 0, secrets: {} };

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
  return io.write(utf8Bytes(JSON.stringify(content)));
}

async function toStored({ id, created, key, public: publicPart }: Secret): Promise<StoredSecret> {
  const format = key.type === 'secret' ? 'raw' : 'pkcs8';
  const bytes = new Uint8Array(await crypto.subtle.exportKey(format, key));
  try {
    return v.parse(contentSchema.entries.secrets.value, {
      ...{ id, created, format, algorithm: key.algorithm, usages: key.usages, key: bytesToHex(bytes) },
      ...(publicPart && { public: bytesToHex(publicPart) }),
    });
  } finally {
    wipe(bytes);
  }
}

async function fromStored({
  id,
  created,
  format,
  algorithm,
  usages,
  ...stored
}: StoredSecret): Promise<Secret> {
  const bytes = unshared(hexToBytes(stored.key));
  try {
    const key = await crypto.subtle.importKey(format, bytes, algorithm, false, usages);
    return { id, created, key, ...(stored.public !== undefined && { public: hexToBytes(stored.public) }) };
  } finally {
    wipe(bytes);
  }
}
