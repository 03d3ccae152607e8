import { bytesToHex } from '@noble/hashes/utils.js';
import { base64Lines } from '../asn1/pem.ts';
import type { Console } from '../io.ts';
import { mustBeNumber, readOptions } from '../options.ts';

/** `openssl rand`: random bytes. */
export async function rand(console: Console, args: readonly string[]): Promise<void> {
  const options = readOptions('rand', args, { out: 'value', hex: 'flag', base64: 'flag' });
  const [count] = options.operands;
  const bytes = new Uint8Array(count === undefined ? 0 : mustBeNumber('rand', count));
  // Web Crypto gives 64 KiB at a time.
  for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  const out = options.get('out');
  if (options.has('hex')) await console.output(out, `${bytesToHex(bytes)}\n`);
  else await console.output(out, options.has('base64') ? base64Lines(bytes) : bytes);
}
