/** Where a worker writes a file that may be larger than memory: the origin private file system, else a Blob. */
import { EnvelopeError } from './errors.ts';
import { readLayout } from './format.ts';
import type { Sink } from './stream.ts';

/** A file being written. Exactly one of `finish` and `discard` ends it. */
export interface Output extends Sink {
  finish(): Promise<Blob>;
  discard(): Promise<void>;
}

export interface OutputStore {
  /** `true`: what is kept is still there after a reload. */
  readonly durable: boolean;
  /** `kind` `envelope` is kept until a newer one replaces it; `opened` only as long as the page. `size`: bytes of plaintext. */
  create(kind: 'envelope' | 'opened', size: number, mediaType: string): Promise<Output>;
  /** The newest complete envelope, and nothing else is left over: neither older ones nor fragments. */
  kept(): Promise<Blob | undefined>;
  /** Removes all kept envelopes. */
  clear(): Promise<void>;
}

/** Opened files up to this size never touch the disk by our doing. */
const opensInMemory = 64 << 20;
const directoryName = 'envelopes';

/** The part of a worker's file handle that TypeScript's DOM library leaves to its worker library. */
interface SyncFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<{
    write(bytes: Uint8Array<ArrayBuffer>): number;
    flush(): void;
    close(): void;
  }>;
}

/** Opens the browser's own file system where it can be written to from here, else a store in memory. */
export async function openOutputStore(): Promise<OutputStore> {
  if (!('FileSystemFileHandle' in globalThis && 'createSyncAccessHandle' in FileSystemFileHandle.prototype)) {
    return memoryStore();
  }
  try {
    const root = await navigator.storage.getDirectory();
    return privateStore(await root.getDirectoryHandle(directoryName, { create: true }));
  } catch {
    // Private windows of some browsers have the interface and refuse its use.
    return memoryStore();
  }
}

/** Everything in Blobs; forgets with its page. */
export function memoryStore(): OutputStore {
  let kept: Blob | undefined;
  return {
    durable: false,
    async create(kind, _size, mediaType) {
      const output = memoryOutput(mediaType);
      if (kind === 'opened') return output;
      return { ...output, finish: async () => (kept = await output.finish()) };
    },
    kept: async () => kept,
    async clear() {
      kept = undefined;
    },
  };
}

function memoryOutput(mediaType: string): Output {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: (bytes) => void parts.push(bytes),
    finish: async () => new Blob(parts, { type: mediaType }),
    async discard() {
      parts.length = 0;
    },
  };
}

function privateStore(directory: FileSystemDirectoryHandle): OutputStore {
  const names = async (prefix: string) => {
    const found: string[] = [];
    for await (const name of directory.keys()) if (name.startsWith(prefix)) found.push(name);
    return found;
  };
  const remove = async (name: string) => {
    try {
      await directory.removeEntry(name);
    } catch {
      // Another tab is writing it, or has removed it: not ours to clean.
    }
  };
  /** The plaintexts that an earlier page left behind. */
  const swept = names('opened-').then((left) => Promise.all(left.map(remove)));

  return {
    durable: true,
    async create(kind, size, mediaType) {
      await swept;
      if (kind === 'opened' && size <= opensInMemory) return memoryOutput(mediaType);
      const name = `${kind}-${crypto.randomUUID()}`;
      const handle = (await directory.getFileHandle(name, { create: true })) as SyncFileHandle;
      const file = await handle.createSyncAccessHandle();
      return {
        write(bytes) {
          try {
            if (file.write(bytes) < bytes.length) throw new DOMException('', 'QuotaExceededError');
          } catch (error) {
            throw outOfRoom(error);
          }
        },
        async finish() {
          file.flush();
          file.close();
          if (kind === 'envelope') {
            const older = (await names('envelope-')).filter((other) => other !== name);
            await Promise.all(older.map(remove));
          }
          const written = await handle.getFile();
          return written.slice(0, written.size, mediaType);
        },
        async discard() {
          file.close();
          await remove(name);
        },
      };
    },
    async kept() {
      let newest: File | undefined;
      for (const name of await names('envelope-')) {
        const file = await (await directory.getFileHandle(name)).getFile();
        if (!(await isComplete(file))) await remove(name);
        else if (!newest || file.lastModified > newest.lastModified) newest = file;
      }
      return newest;
    },
    async clear() {
      await Promise.all((await names('envelope-')).map(remove));
    },
  };
}

/** The header says how long the file must be, so one that was being written when its page went does not pass. */
async function isComplete(file: Blob): Promise<boolean> {
  return readLayout(file).then(
    () => true,
    () => false,
  );
}

function outOfRoom(error: unknown): unknown {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
    ? new EnvelopeError('NoRoom', 'The browser has no room for this file: its storage quota is used up.')
    : error;
}
