import * as v from 'valibot';
import { utf8Bytes } from '../bytes.ts';
import type { StoredDomain } from './domain-record.ts';
import {
  guarded,
  HsmStoreError,
  isNext,
  requireSameModule,
  type Founding,
  type HsmStore,
  type Kept,
  type Staged,
} from './store.ts';
import {
  contentSchema,
  domainIn,
  knownSecrets,
  secretIn,
  writtenDomain,
  writtenSecret,
  type Content,
  type WrittenSecret,
} from './written.ts';

/** Where a `bytesHsmStore` puts its one piece of data. */
export interface BytesIo {
  /** `undefined`: nothing has been written yet. */
  read(): Promise<Uint8Array | undefined>;
  /** Puts these bytes in the place of the old ones, all or nothing, and durably. */
  write(bytes: Uint8Array): Promise<void>;
}

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
    stage: (next) => inTurn('write', () => stage(io, next)),
    adopt: (moduleId) => inTurn('write', () => adopt(io, moduleId)),
    refound: (next) => inTurn('write', () => write(io, { ...empty, founding: next, starts: 1 })),
    close() {},
  };
}

async function start(io: BytesIo, candidate: Founding): Promise<Kept> {
  const content = await read(io);
  const founding = content.founding ?? candidate;
  const starts = content.starts + 1;
  await write(io, { ...content, founding, starts });
  return keptIn({ ...content, founding, starts });
}

async function keptIn({
  founding,
  starts,
  secrets,
  domains,
}: Content & { founding: Founding }): Promise<Kept> {
  const opened = Object.entries(secrets).map(
    async ([name, stored]) => [name, await secretIn(stored)] as const,
  );
  const domainsOpened = Object.entries(domains).map(
    async ([region, domain]) => [region, await domainIn(domain)] as const,
  );
  return {
    ...{ founding, starts },
    secrets: new Map(await Promise.all(opened)),
    domains: new Map(await Promise.all(domainsOpened)),
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

async function stage(io: BytesIo, { founding, starts, domains }: Staged): Promise<void> {
  const written = domains.map(
    async (domain) => [domain.region, await writtenDomain(domain, new Map())] as const,
  );
  const staged = { founding, starts, domains: Object.fromEntries(await Promise.all(written)) };
  await write(io, { ...(await read(io)), staged });
}

async function adopt(io: BytesIo, moduleId: string): Promise<Kept | undefined> {
  const { staged, ...content } = await read(io);
  if (staged === undefined) return undefined;
  const isWanted = staged.founding.moduleId === moduleId;
  const adopted = { ...empty, ...staged, starts: staged.starts + 1 };
  await write(io, isWanted ? adopted : content);
  return isWanted ? keptIn(adopted) : undefined;
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
