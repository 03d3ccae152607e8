import { InMemoryFs } from 'just-bash/browser';
import { hasEscapes, losslessEncoder } from '../shell/lossless-text.ts';
import { capacity } from './capacity.ts';

type Fs = InMemoryFs;
type Content = Parameters<Fs['writeFile']>[1];

/** The learner's folder: what is in it stays, everything else is forgotten with the page. */
export const home = '/home/you';

/** So much of /dev/urandom one reading gives: enough for `head -c`. */
const randomLength = 65_536;

/**
 * The files of the terminal, in memory. It notes which paths in the learner's folder are no more as they were stored.
 */
export class TerminalFiles extends InMemoryFs {
  readonly #changed = new Set<string>();

  constructor() {
    super(undefined, { maxTotalBytes: capacity });
    for (const folder of [home, '/tmp', '/dev']) this.mkdirSync(folder, { recursive: true });
    for (const device of ['/dev/null', '/dev/random', '/dev/urandom']) this.writeFileSync(device, '');
    this.#changed.clear();
  }

  /** The paths that have changed since this was last called. What was in a folder that is gone changed with it. */
  takeChanged(): string[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  override async readFileBuffer(path: string): Promise<Uint8Array> {
    return isRandom(path) ? crypto.getRandomValues(new Uint8Array(randomLength)) : super.readFileBuffer(path);
  }

  override async readFileBytes(path: string): ReturnType<Fs['readFileBytes']> {
    if (!isRandom(path)) return super.readFileBytes(path);
    const scratch = new InMemoryFs({ '/random': await this.readFileBuffer(path) });
    return scratch.readFileBytes('/random');
  }

  override async writeFile(
    path: string,
    content: Content,
    options?: Parameters<Fs['writeFile']>[2],
  ): Promise<void> {
    if (isDevice(path)) return;
    await super.writeFile(path, whole(content), options);
    this.#note(path);
  }

  override async appendFile(
    path: string,
    content: Content,
    options?: Parameters<Fs['appendFile']>[2],
  ): Promise<void> {
    if (isDevice(path)) return;
    await super.appendFile(path, whole(content), options);
    this.#note(path);
  }

  override async mkdir(path: string, options?: Parameters<Fs['mkdir']>[1]): Promise<void> {
    await super.mkdir(path, options);
    this.#note(path);
  }

  override async rm(path: string, options?: Parameters<Fs['rm']>[1]): Promise<void> {
    await super.rm(path, options);
    this.#note(path);
  }

  override async cp(from: string, to: string, options?: Parameters<Fs['cp']>[2]): Promise<void> {
    await super.cp(from, to, options);
    this.#note(to);
  }

  override async mv(from: string, to: string): Promise<void> {
    await super.mv(from, to);
    this.#note(from);
    this.#note(to);
  }

  override async chmod(path: string, mode: number): Promise<void> {
    await super.chmod(path, mode);
    this.#note(path);
  }

  override async symlink(target: string, path: string): Promise<void> {
    await super.symlink(target, path);
    this.#note(path);
  }

  override async link(existing: string, path: string): Promise<void> {
    await super.link(existing, path);
    this.#note(path);
  }

  override async utimes(path: string, accessed: Date, modified: Date): Promise<void> {
    await super.utimes(path, accessed, modified);
    this.#note(path);
  }

  #note(path: string): void {
    const absolute = this.resolvePath('/', path);
    if (absolute === home || absolute.startsWith(`${home}/`)) this.#changed.add(absolute);
  }
}

/** With the bytes that a text stands for. */
function whole(content: Content): Content {
  return typeof content === 'string' && hasEscapes(content) ? losslessEncoder.encode(content) : content;
}

function isDevice(path: string): boolean {
  return path === '/dev/null' || isRandom(path);
}

function isRandom(path: string): boolean {
  return path === '/dev/random' || path === '/dev/urandom';
}
