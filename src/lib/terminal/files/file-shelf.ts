import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { home, type TerminalFiles } from './terminal-files.ts';

/** One file, folder or link as it is stored. */
export type StoredEntry =
  | { kind: 'file'; bytes: Uint8Array<ArrayBuffer>; mode: number; modified: number }
  | { kind: 'folder'; mode: number }
  | { kind: 'link'; target: string };

interface Shelf extends DBSchema {
  entries: { key: string; value: StoredEntry };
}

/** Rejects where the browser stores nothing. */
async function openShelf(): Promise<IDBPDatabase<Shelf>> {
  return openDB<Shelf>('glass-kms-terminal', 1, {
    upgrade: (database) => void database.createObjectStore('entries'),
  });
}

/** Keeps the learner's folder in IndexedDB. The tabs of this site share it, the last one that writes a file counts. */
export class FileShelf {
  readonly #files: TerminalFiles;
  readonly #db: IDBPDatabase<Shelf> | undefined;
  /** What other tabs have stored. */
  readonly #news = new BroadcastChannel('glass-kms-terminal-files');
  /** Stores one after the other. */
  #storing: Promise<void> = Promise.resolve();

  private constructor(files: TerminalFiles, db: IDBPDatabase<Shelf> | undefined) {
    this.#files = files;
    this.#db = db;
  }

  /** Puts what is stored into `files`. Where the browser stores nothing, they last as long as the page. */
  static async open(files: TerminalFiles, onNews: () => void): Promise<FileShelf> {
    const db = await openShelf().catch(() => undefined);
    const shelf = new FileShelf(files, db);
    if (db) await shelf.#load(await db.getAllKeys('entries'));
    shelf.#news.onmessage = ({ data }: MessageEvent<string[]>) => void shelf.#load(data).then(onNews);
    return shelf;
  }

  get durable(): boolean {
    return this.#db !== undefined;
  }

  close(): void {
    this.#news.close();
    this.#db?.close();
  }

  /** Whether nothing was ever stored. */
  async isNew(): Promise<boolean> {
    return !this.#db || (await this.#db.count('entries')) === 0;
  }

  /** Stores what has changed. Rejects where the browser has no room. */
  store(): Promise<void> {
    const stored = this.#storing.then(() => this.#storeChanged());
    this.#storing = stored.catch(() => {});
    return stored;
  }

  async #storeChanged(): Promise<void> {
    const changed = this.#files.takeChanged();
    if (!this.#db || changed.length === 0) return;
    const isIn = (path: string) => changed.some((top) => path === top || path.startsWith(`${top}/`));
    const paths = new Set(
      [...this.#files.getAllPaths(), ...(await this.#db.getAllKeys('entries'))].filter(isIn),
    );
    const entries = await Promise.all(
      [...paths].map(async (path) => [path, await entryAt(this.#files, path)] as const),
    );
    const transaction = this.#db.transaction('entries', 'readwrite');
    for (const [path, entry] of entries) {
      if (entry) void transaction.store.put(entry, path);
      else void transaction.store.delete(path);
    }
    await transaction.done;
    this.#news.postMessage([...paths]);
  }

  /** Takes entries as they are stored, in the order of folders before what they hold. */
  async #load(paths: readonly string[]): Promise<void> {
    for (const path of [...paths].sort()) {
      const entry = await this.#db?.get('entries', path);
      if (entry) await put(this.#files, path, entry);
      else if (path !== home) await this.#files.rm(path, { recursive: true, force: true });
    }
    this.#files.takeChanged();
  }
}

async function entryAt(files: TerminalFiles, path: string): Promise<StoredEntry | undefined> {
  const stat = await files.lstat(path).catch(() => undefined);
  if (!stat) return undefined;
  if (stat.isSymbolicLink) return { kind: 'link', target: await files.readlink(path) };
  if (stat.isDirectory) return { kind: 'folder', mode: stat.mode };
  const bytes = Uint8Array.from(await files.readFileBuffer(path));
  return { kind: 'file', bytes, mode: stat.mode, modified: stat.mtime.getTime() };
}

async function put(files: TerminalFiles, path: string, entry: StoredEntry): Promise<void> {
  switch (entry.kind) {
    case 'folder':
      await files.mkdir(path, { recursive: true });
      return files.chmod(path, entry.mode);
    case 'link':
      await files.rm(path, { force: true });
      return files.symlink(entry.target, path);
    case 'file': {
      await files.writeFile(path, entry.bytes);
      await files.chmod(path, entry.mode);
      const modified = new Date(entry.modified);
      return files.utimes(path, modified, modified);
    }
  }
}
