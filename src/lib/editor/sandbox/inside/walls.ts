/**
 * The wall of a sandbox is its content security policy and its opaque origin. Here goes what would only run into that
 * wall, or has nothing to do in a program of AWS, so that a program is told at once.
 */
const needless = [
  ...['XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport', 'BroadcastChannel'],
  ...['Worker', 'SharedWorker', 'importScripts', 'indexedDB', 'caches', 'FontFace', 'fonts', 'Notification'],
  ...['webkitRequestFileSystem', 'webkitRequestFileSystemSync', 'webkitResolveLocalFileSystemURL'],
  ...['webkitResolveLocalFileSystemSyncURL', 'RTCPeerConnection', 'RTCDataChannel', 'postMessage', 'close'],
  'onmessage',
];

/** Takes the names away, from the worker and from whatever it inherits them of. */
export function removeNeedless(): void {
  for (const name of needless) {
    for (
      let owner: object | null = globalThis;
      owner;
      owner = Object.getPrototypeOf(owner) as object | null
    ) {
      if (Object.hasOwn(owner, name) && !Reflect.deleteProperty(owner, name))
        throw new Error(`${name} cannot be taken away`);
    }
  }
}
