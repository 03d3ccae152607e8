import { readFile } from 'node:fs/promises';
import type { BytesIo } from '../../engine/hsm/store/bytes.ts';
import { failedWith, replaceFile } from './files.ts';

/** The module's store as a file that only its owner may read. Whoever reads it has every key. */
export function hsmFile(path: string): BytesIo {
  return {
    async read() {
      try {
        return new Uint8Array(await readFile(path));
      } catch (error) {
        if (failedWith(error, 'ENOENT')) return undefined;
        throw error;
      }
    },
    write: (bytes) => replaceFile(path, (file) => file.writeFile(bytes)),
  };
}
