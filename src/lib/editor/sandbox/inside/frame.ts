/**
 * The sandbox's frame: starts the worker in which the learner's program runs, and does Web Crypto for it, which
 * Chromium does not give to workers of an opaque origin. The program itself never runs here.
 */
import { frameReady, type FrameStart, type WorkerStart } from '../protocol.ts';
import { serveCrypto } from './crypto-server.ts';

// A page that shows this one without the sandbox would give the program our origin.
if (self.origin !== 'null') throw new Error('This page belongs in a sandbox.');

// No policy speaks of these connections, so they go before anything comes.
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) {
  Reflect.deleteProperty(self, name);
}

const start = (event: MessageEvent<FrameStart>): void => {
  if (event.source !== parent) return;
  removeEventListener('message', start);
  const { worker: script, port } = event.data;
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  const { port1, port2 } = new MessageChannel();
  serveCrypto(port1);
  const ports: WorkerStart = { page: port, crypto: port2 };
  worker.postMessage(ports, [port, port2]);
};

addEventListener('message', start);
parent.postMessage(frameReady, '*');
