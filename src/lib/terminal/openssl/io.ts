/** What `openssl` needs of the shell that runs it. */
export interface OpensslIo {
  stdin: Uint8Array;
  env: ReadonlyMap<string, string>;
  /** @throws where there is no such file */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws with a message for the learner where it cannot be written */
  write(path: string, bytes: Uint8Array): Promise<void>;
}

export interface OpensslResult {
  stdout: Uint8Array<ArrayBuffer>;
  stderr: string;
  exitCode: number;
}

/** Ends a command with exit code 1. The message is what the program prints; it may have several lines. */
export class Failure extends Error {}

/** What a command reads and says, and where to. */
export class Console {
  readonly #io: OpensslIo;
  readonly #stdout: Uint8Array[] = [];
  #stderr = '';

  constructor(io: OpensslIo) {
    this.#io = io;
  }

  /** Says something beside the result, as progress and remarks are. */
  remark(line: string): void {
    this.#stderr += `${line}\n`;
  }

  /** Input of a command: of a file, or what is piped in. */
  async input(path: string | undefined): Promise<Uint8Array<ArrayBuffer>> {
    if (path === undefined || path === '-') return this.#io.stdin.slice();
    try {
      return await this.#io.read(path);
    } catch {
      throw new Failure(`Can't open "${path}" for reading, No such file or directory`);
    }
  }

  /** A file whose absence the caller reports in words of its own. */
  async file(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#io.read(path).catch(() => undefined);
  }

  /** Output of a command: into a file, or on. */
  async output(path: string | undefined, content: Uint8Array | string): Promise<void> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    if (path === undefined || path === '-') {
      this.#stdout.push(bytes);
      return;
    }
    try {
      await this.#io.write(path, bytes);
    } catch {
      throw new Failure(`Can't open "${path}" for writing, No such file or directory`);
    }
  }

  /**
   * A password argument, as openssl-passphrase-options has it: `pass:`, `env:`, `file:`, `stdin`.
   * @throws Failure for anything else
   */
  async password(argument: string): Promise<string> {
    const [, kind = '', rest = ''] = /^(pass|env|file|stdin):?(.*)$/s.exec(argument) ?? [];
    const firstLine = (bytes: Uint8Array) => new TextDecoder().decode(bytes).split(/\r?\n/, 1)[0] ?? '';
    if (kind === 'pass') return rest;
    if (kind === 'stdin') return firstLine(this.#io.stdin);
    if (kind === 'env') {
      const value = this.#io.env.get(rest);
      if (value !== undefined) return value;
      throw new Failure(`No environment variable ${rest}\nError getting password`);
    }
    if (kind === 'file') {
      const bytes = await this.file(rest);
      if (bytes) return firstLine(bytes);
      throw new Failure(`Can't open file ${rest}\nError getting password`);
    }
    throw new Failure(
      `Invalid password argument, missing ':' within the first 5 chars\nError getting password`,
    );
  }

  result(exitCode: number): OpensslResult {
    return { stdout: joined(this.#stdout), stderr: this.#stderr, exitCode };
  }
}

/** Several runs of bytes as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
