/** A file of the editor. */
export interface CodeFile {
  /** `main.ts`, `lib/keys.ts` */
  name: string;
  text: string;
}

/**
 * What is given to a face from outside, for instance by a shared link, and waits until the face takes it; and what
 * the faces have at the moment, so that it can be shared. Nothing of it is run.
 */
class Handover {
  #code = $state.raw<readonly CodeFile[]>();
  #script = $state.raw<string>();
  #currentCode: (() => readonly CodeFile[]) | undefined;
  #currentScript: (() => string) | undefined;

  /** Files that the editor is to take, in the place of its own; absent: none wait. Reactive. */
  get code(): readonly CodeFile[] | undefined {
    return this.#code;
  }

  /** Lines that the terminal is to show typed, and not run; absent: none wait. Reactive. */
  get script(): string | undefined {
    return this.#script;
  }

  giveCode(files: readonly CodeFile[]): void {
    this.#code = files;
  }

  giveScript(script: string): void {
    this.#script = script;
  }

  /** For the editor: takes what waits, once. */
  takeCode(): readonly CodeFile[] | undefined {
    const files = this.#code;
    this.#code = undefined;
    return files;
  }

  /** For the terminal: takes what waits, once. */
  takeScript(): string | undefined {
    const script = this.#script;
    this.#script = undefined;
    return script;
  }

  /** The editor's files as they are; none while the editor is not open. */
  get currentCode(): readonly CodeFile[] {
    return this.#currentCode?.() ?? [];
  }

  /** The lines that were typed into the terminal; '' while it is not open. */
  get currentScript(): string {
    return this.#currentScript?.() ?? '';
  }

  /** For the editor, while it is open: says how to ask it for its files. Returns what ends that. */
  offerCode(current: () => readonly CodeFile[]): () => void {
    this.#currentCode = current;
    return () => {
      if (this.#currentCode === current) this.#currentCode = undefined;
    };
  }

  /** For the terminal, while it is open: says how to ask it for what was typed. Returns what ends that. */
  offerScript(current: () => string): () => void {
    this.#currentScript = current;
    return () => {
      if (this.#currentScript === current) this.#currentScript = undefined;
    };
  }
}

export const handover = new Handover();
