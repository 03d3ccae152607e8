import { Failure, type Console } from '../io.ts';
import type { Key } from './key.ts';
import { privateKeyIn, publicKeyIn } from './read.ts';

export interface Wanted {
  part: 'private' | 'public';
  /** As the program calls it in its errors: `private key`. */
  called: string;
  /** Where a file that is there cannot be read as one. */
  calledInFile?: string;
}

/**
 * Loads a key from a file, or of what is piped in. Both forms are recognized by what they are, as the program does,
 * whatever `-inform` says; a public key is also what is public in a private one.
 * @throws Failure in the words of the program
 */
export async function loadKey(console: Console, path: string | undefined, wanted: Wanted): Promise<Key> {
  const shown = path === undefined || path === '-' ? '<stdin>' : path;
  const file = shown === '<stdin>' ? await console.input(undefined) : await console.file(shown);
  if (!file) throw new Failure(`Could not open file or uri for loading ${wanted.called} from ${shown}`);
  const key = wanted.part === 'private' ? privateKeyIn(file) : publicKeyIn(file);
  if (key) return key;
  throw new Failure(`Could not read ${wanted.calledInFile ?? wanted.called} from ${shown}`);
}
