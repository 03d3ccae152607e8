import { exampleTexts, type ExampleName } from './examples/examples.ts';
import type { SourceFile } from './source-file.ts';

/** Which file is run, and can neither be renamed nor deleted. */
export const entryName = 'index.ts';

const storageKey = 'code';

interface Saved {
  files: SourceFile[];
  active: string;
  example: ExampleName;
  limit: number;
}

/** How long a program may run, in seconds. */
export const limits = [2, 10, 30, 120] as const;

/** The learner's files, kept in this browser where it lets us. */
export class Project {
  #files = $state.raw<readonly SourceFile[]>([]);
  #active = $state(entryName);
  #example = $state<ExampleName>('firstKey');
  #limit = $state<number>(10);

  constructor() {
    const saved = restore();
    this.#example = saved?.example ?? 'firstKey';
    this.#files = saved?.files ?? [{ name: entryName, text: exampleTexts[this.#example] }];
    this.#limit = saved?.limit ?? 10;
    this.#show(saved?.active ?? entryName);
  }

  get files(): readonly SourceFile[] {
    return this.#files;
  }

  /** The file that is edited. */
  get active(): SourceFile {
    return this.#files.find(({ name }) => name === this.#active) ?? this.#files[0]!;
  }

  /** The example that the files were last made of. */
  get example(): ExampleName {
    return this.#example;
  }

  /** Whether anything stands here that the example does not have. */
  get changed(): boolean {
    return this.#files.length > 1 || this.#files[0]?.text !== exampleTexts[this.#example];
  }

  get limit(): number {
    return this.#limit;
  }

  setLimit(seconds: number): void {
    this.#limit = seconds;
    this.#save();
  }

  choose(name: string): void {
    this.#show(name);
    this.#save();
  }

  edit(name: string, text: string): void {
    const present = this.#files.find((file) => file.name === name);
    if (!present || present.text === text) return;
    this.#files = this.#files.map((file) => (file.name === name ? { name, text } : file));
    this.#save();
  }

  add(name: string): void {
    this.#files = [...this.#files, { name, text: '' }];
    this.#active = name;
    this.#save();
  }

  /** Adds a file, or gives the one of that name another text. */
  put(name: string, text: string): void {
    if (!this.#files.some((file) => file.name === name)) this.add(name);
    this.edit(name, text);
    this.choose(name);
  }

  rename(from: string, to: string): void {
    this.#files = this.#files.map((file) => (file.name === from ? { ...file, name: to } : file));
    if (this.#active === from) this.#active = to;
    this.#save();
  }

  remove(name: string): void {
    this.#files = this.#files.filter((file) => file.name !== name);
    this.choose(this.#active);
  }

  /** Takes an example in the place of all that is here. */
  open(example: ExampleName): void {
    this.#example = example;
    this.replace([{ name: entryName, text: exampleTexts[example] }]);
  }

  /** Takes files in the place of all that is here. Without an entry, the first is it. */
  replace(files: readonly SourceFile[]): void {
    const [first, ...rest] = files;
    if (!first) return;
    const hasEntry = files.some(({ name }) => name === entryName);
    this.#files = hasEntry ? [...files] : [{ ...first, name: entryName }, ...rest];
    this.#active = entryName;
    this.#save();
  }

  /** Follows what another tab does to the files, so that neither writes over the other's. Returns what ends it. */
  followOtherTabs(): () => void {
    const follow = ({ key }: StorageEvent): void => {
      const saved = key === storageKey ? restore() : undefined;
      if (!saved) return;
      this.#files = saved.files;
      this.#example = saved.example;
      this.#limit = saved.limit;
      this.#show(this.#active);
    };
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }

  #show(name: string): void {
    this.#active = this.#files.some((file) => file.name === name) ? name : entryName;
  }

  #save(): void {
    const saved: Saved = {
      files: [...this.#files],
      active: this.#active,
      example: this.#example,
      limit: this.#limit,
    };
    try {
      localStorage.setItem(storageKey, JSON.stringify(saved));
    } catch {
      // Storage is blocked or full: the files last as long as the page.
    }
  }
}

/** What was kept, as far as it can be read. */
function restore(): Saved | undefined {
  try {
    const saved = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as Partial<Saved> | null;
    const files = saved?.files?.filter(
      ({ name, text }: Partial<SourceFile>) => typeof name === 'string' && typeof text === 'string',
    );
    if (!files?.some(({ name }) => name === entryName)) return undefined;
    const { active = entryName, example, limit } = saved!;
    return {
      files,
      active,
      example: example !== undefined && Object.hasOwn(exampleTexts, example) ? example : 'firstKey',
      limit: limits.find((known) => known === limit) ?? 10,
    };
  } catch {
    return undefined;
  }
}

/** Why a file cannot have a name. */
export type NameFault = 'form' | 'taken';

export function faultOfName(name: string, taken: readonly SourceFile[]): NameFault | undefined {
  if (!/^[\w-]+(\/[\w-]+)*\.(ts|js)$/.test(name) || name.length > 60) return 'form';
  return taken.some((file) => file.name === name) ? 'taken' : undefined;
}
