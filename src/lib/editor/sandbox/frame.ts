import { frame as framePage, worker as workerScript } from 'virtual:sandbox';
import { frameReady, type FrameStart } from './protocol.ts';

/**
 * Puts a sandbox's frame into the page and has it start its worker. Resolves with the port to that worker.
 * Rejects when the frame does not come.
 */
export async function startFrame(signal: AbortSignal): Promise<MessagePort> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('allow', '');
  frame.referrerPolicy = 'no-referrer';
  frame.title = '';
  frame.hidden = true;
  frame.setAttribute('aria-hidden', 'true');
  frame.src = framePage;
  // With the frame goes all that runs in it.
  signal.addEventListener('abort', () => frame.remove(), { once: true });

  const listening = heard(frame, signal);
  document.body.append(frame);
  const [worker] = await Promise.all([textOf(workerScript), listening]);
  signal.throwIfAborted();
  const { port1, port2 } = new MessageChannel();
  // An opaque origin has no name that could stand in place of the star.
  frame.contentWindow?.postMessage({ worker, port: port2 } satisfies FrameStart, '*', [port2]);
  return port1;
}

function heard(frame: HTMLIFrameElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(20_000)]);
    const done = new AbortController();
    within.addEventListener('abort', () => reject(new Error('The sandbox did not start')), {
      signal: done.signal,
    });
    addEventListener(
      'message',
      ({ source, data }: MessageEvent<unknown>) => {
        if (source !== frame.contentWindow || data !== frameReady) return;
        done.abort();
        resolve();
      },
      { signal: AbortSignal.any([within, done.signal]) },
    );
  });
}

const texts = new Map<string, Promise<string>>();

/** A file of the site, fetched once. */
export function textOf(url: string): Promise<string> {
  const present = texts.get(url);
  if (present) return present;
  const text = fetch(url).then((response) => {
    if (!response.ok) throw new Error(`${url} could not be loaded`);
    return response.text();
  });
  texts.set(url, text);
  // What failed is tried again.
  text.catch(() => texts.delete(url));
  return text;
}
