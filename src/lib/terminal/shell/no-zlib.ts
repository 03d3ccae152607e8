/**
 * Stands for Node's `zlib`, which the shell's interpreter imports for gzip and tar. The browser has none that answers at
 * once, so those commands say that they cannot.
 */

export const constants = {};

export function gzipSync(): never {
  throw new Error('not supported in this terminal');
}

export function gunzipSync(): never {
  throw new Error('not supported in this terminal');
}
