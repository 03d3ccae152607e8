/**
 * Runs modules that TypeScript has compiled to `System.register`: the one format that a classic worker can run and
 * that keeps what ECMAScript modules have, `await` at the top and imports in a circle.
 */

type Namespace = Record<string, unknown>;
type Setter = (namespace: Namespace) => void;

interface Declaration {
  setters?: Setter[];
  execute?: () => unknown;
}

type Declare = (
  exports: (nameOrAll: string | Namespace, value?: unknown) => unknown,
  context: { id: string; import: (specifier: string) => Promise<Namespace>; meta: { url: string } },
) => Declaration;

type Registration = [specifiers: string[], declare: Declare];

interface Module {
  namespace: Namespace;
  dependencies: Module[];
  /** Of those who import it, for what it exports later. */
  setters: Setter[];
  execute?: (() => unknown) | undefined;
  ran?: Promise<void>;
}

export interface Source {
  /** Of a file, or of a library: its exports. `undefined`: there is none. */
  library(specifier: string): Namespace | undefined;
  /** The path of the file that `specifier` means to `importer`. */
  file(specifier: string, importer: string): string | undefined;
  /** Runs a file's script, and so its `System.register`. */
  load(path: string): void;
  /** What to say of an import that leads nowhere. */
  missing(specifier: string, importer: string): Error;
}

export class Modules {
  readonly #modules = new Map<string, Module>();
  readonly #source: Source;
  #registered: Registration | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  /** What the compiled files call. */
  readonly system = {
    register: (dependencies: string[], declare: Declare): void => {
      this.#registered = [dependencies, declare];
    },
  };

  async run(path: string): Promise<Namespace> {
    const module = this.#link(path);
    await this.#execute(module);
    return module.namespace;
  }

  #link(path: string): Module {
    const present = this.#modules.get(path);
    if (present) return present;
    const [specifiers, declare] = this.#register(path);
    const module: Module = { namespace: emptyNamespace(), dependencies: [], setters: [] };
    this.#modules.set(path, module);

    const { setters = [], execute } = declare(
      (nameOrAll, value) => {
        if (typeof nameOrAll === 'string') module.namespace[nameOrAll] = value;
        else Object.assign(module.namespace, nameOrAll);
        for (const setter of module.setters) setter(module.namespace);
        return value;
      },
      { id: path, import: (specifier) => this.#import(specifier, path), meta: { url: `file:///${path}` } },
    );
    module.execute = execute;
    for (const [index, specifier] of specifiers.entries()) {
      const setter = setters[index];
      const library = this.#source.library(specifier);
      if (library) {
        setter?.(library);
        continue;
      }
      const dependency = this.#link(this.#resolve(specifier, path));
      module.dependencies.push(dependency);
      if (setter) {
        dependency.setters.push(setter);
        setter(dependency.namespace);
      }
    }
    return module;
  }

  #register(path: string): Registration {
    this.#source.load(path);
    const registered = this.#registered;
    this.#registered = undefined;
    return registered ?? [[], () => ({})];
  }

  /** Its dependencies first; a module that is on its way already is not waited for, or a circle would never end. */
  async #execute(module: Module, onTheWay = new Set<Module>()): Promise<void> {
    if (onTheWay.has(module)) return;
    onTheWay.add(module);
    module.ran ??= (async () => {
      for (const dependency of module.dependencies) await this.#execute(dependency, onTheWay);
      await module.execute?.call(undefined);
    })();
    await module.ran;
  }

  async #import(specifier: string, importer: string): Promise<Namespace> {
    return this.#source.library(specifier) ?? this.run(this.#resolve(specifier, importer));
  }

  #resolve(specifier: string, importer: string): string {
    const path = this.#source.file(specifier, importer);
    if (path === undefined) throw this.#source.missing(specifier, importer);
    return path;
  }
}

function emptyNamespace(): Namespace {
  return Object.create(null, { [Symbol.toStringTag]: { value: 'Module' } }) as Namespace;
}
