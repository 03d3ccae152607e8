import { editor } from 'monaco-editor/editor/editor.api';

/** What a language pack of Monaco says of its worker. */
interface LanguageWorker {
  createWorker(): Worker;
  /** The first thing that the worker is told. */
  createData: unknown;
  host?: Record<string, (...args: never[]) => unknown>;
  keepIdleModels?: boolean;
}

/** Starts the worker of a language; stands in Monaco for its own module (`scripts/lean-monaco.js`). */
export function createWebWorker<Proxy extends object>(
  options: LanguageWorker,
): editor.MonacoWebWorker<Proxy> {
  const worker = options.createWorker();
  // The first message only makes the worker listen for the second.
  worker.postMessage('ignore');
  worker.postMessage(options.createData);
  const { host, keepIdleModels = false } = options;
  return editor.createWebWorker<Proxy>({
    worker,
    keepIdleModels,
    ...(host && { host: host }),
  });
}
