import { pem } from './asn1/pem.ts';
import type { Console } from './io.ts';
import type { KeyFile } from './keys/write.ts';

/** Writes a key as PEM, or as DER where `-outform` asks for it. */
export async function outputKey(
  console: Console,
  path: string | undefined,
  { label, bytes }: KeyFile,
  form: string | undefined,
): Promise<void> {
  await console.output(path, form?.toUpperCase() === 'DER' ? bytes : pem(label, bytes));
}
