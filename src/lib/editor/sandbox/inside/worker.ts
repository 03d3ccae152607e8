/** The worker in which the learner's program runs. What it can reach of the world is one port to the page. */
import { Buffer } from 'buffer';
import {
  compiledScheme,
  libraryNames,
  type CompiledFile,
  type FromWorker,
  type ToWorker,
  type WorkerStart,
} from '../protocol.ts';
import { installCrypto } from './crypto-client.ts';
import { dataOf } from './message-data.ts';
import { Modules } from './modules.ts';
import { Exit, makeProcess, nodeMissing, nodeModule } from './node.ts';
import { Output } from './output.ts';
import { countTimers, Pending } from './pending.ts';
import { print } from './print.ts';
import { RequestPort } from './request.ts';
import { resolveFile } from './resolve.ts';
import { removeNeedless } from './walls.ts';

const runScript = importScripts.bind(globalThis);
const libraries = new Map<string, Record<string, unknown>>();

addEventListener('message', ({ data }: MessageEvent<WorkerStart>) => start(data), { once: true });

function start({ page, crypto: cryptoPort }: WorkerStart): void {
  // Bound now: a program may put a function of its own in the place of this one, to get hold of the port.
  const post: (message: FromWorker) => void = page.postMessage.bind(page);

  const pending = new Pending();
  const output = new Output(post);
  const requests = new RequestPort(post, pending);
  installCrypto(cryptoPort, pending);
  countTimers(pending);
  removeNeedless();
  Object.assign(globalThis, {
    Buffer,
    global: globalThis,
    fetch: requests.fetch,
    console: output.console(),
    process: makeProcess({}, (text) => output.put('log', text)),
    // By it a library's bundle gives its exports; it goes before the program comes.
    glassLibraries: Object.create(null) as object,
  });

  page.onmessage = (event) => {
    const message = dataOf(event) as ToWorker;
    switch (message.type) {
      case 'response':
        requests.answer(message.id, message.response);
        break;
      case 'failure':
        requests.fail(message.id, message.message);
        break;
      case 'library':
        runScript(asScript(message.code));
        libraries.set(message.name, givenLibraries()[message.name]!);
        break;
      case 'run':
        Reflect.deleteProperty(globalThis, 'glassLibraries');
        Object.assign(globalThis, {
          process: makeProcess(message.environment, (text) => output.put('log', text)),
        });
        void run(message.files, message.entry, output, pending).then((ok) => post({ type: 'end', ok }));
    }
  };
  post({ type: 'ready' });
}

function givenLibraries(): Record<string, Record<string, unknown>> {
  return (globalThis as unknown as { glassLibraries: Record<string, Record<string, unknown>> })
    .glassLibraries;
}

/** Runs the program until nothing of it is under way. Whether it went well: threw nothing, and left with no other code than 0. */
async function run(files: CompiledFile[], entry: string, output: Output, pending: Pending): Promise<boolean> {
  const codes = new Map(files.map(({ path, code }) => [path, code]));
  const modules = new Modules({
    library: (specifier) => libraries.get(specifier) ?? nodeModule(specifier),
    file: (specifier, importer) => resolveFile(specifier, importer, (path) => codes.has(path)),
    load: (path) => runScript(asScript(`${codes.get(path)!}\n//# sourceURL=${compiledScheme}${path}`)),
    missing: (specifier, importer) => new Error(whyMissing(specifier, importer)),
  });
  Object.assign(globalThis, { System: modules.system, require: noRequire });

  return new Promise((resolve) => {
    let ok = true;
    const fail = (error: unknown): void => {
      ok = error instanceof Exit && error.code === 0;
      if (!(error instanceof Exit)) output.put('error', `Uncaught ${print(error)}`);
      resolve(ok);
    };
    addEventListener('error', (event) => {
      event.preventDefault();
      fail(event.error);
    });
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault();
      fail(event.reason);
    });
    const idle = pending.until(modules.run(entry).catch(fail)).then(() => pending.idle());
    void idle.then(() => resolve(ok && leftWell()));
  });
}

/** As in Node, a program may come to its end and say that it failed. */
function leftWell(): boolean {
  const { exitCode } = (globalThis as unknown as { process: { exitCode?: unknown } }).process;
  return exitCode === undefined || Number(exitCode) === 0;
}

/** In Node's words. */
function noRequire(): never {
  throw new ReferenceError('require is not defined in ES module scope, you can use import instead');
}

function whyMissing(specifier: string, importer: string): string {
  const node = nodeMissing(specifier);
  if (node !== undefined) return node;
  if (specifier.startsWith('.')) return `${importer} imports “${specifier}”, and there is no such file here.`;
  return `${importer} imports “${specifier}”, which cannot be had here. There are: ${libraryNames.join(', ')}.`;
}

function asScript(code: string): string {
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}
