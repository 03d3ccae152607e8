import { bytesToHex } from '@noble/hashes/utils.js';
import { aeskw, aeskwp, cbc, ctr, ecb } from '@noble/ciphers/aes.js';
import { Failure } from './io.ts';

/** A cipher as `enc` uses it. */
export interface Cipher {
  keyLength: number;
  /** 0: takes none. */
  ivLength: number;
  /** Whether the last block is filled up, and the filling checked. */
  isPadded: boolean;
  encrypt(key: Uint8Array, iv: Uint8Array, bytes: Uint8Array, padded: boolean): Uint8Array;
  decrypt(key: Uint8Array, iv: Uint8Array, bytes: Uint8Array, padded: boolean): Uint8Array;
}

const badDecrypt = () => new Failure('bad decrypt');

function guarded(work: () => Uint8Array, failure: () => Failure): Uint8Array {
  try {
    return work();
  } catch {
    throw failure();
  }
}

const modes = {
  cbc: (key: Uint8Array, iv: Uint8Array, padded: boolean) => cbc(key, iv, { disablePadding: !padded }),
  ecb: (key: Uint8Array, _: Uint8Array, padded: boolean) => ecb(key, { disablePadding: !padded }),
  ctr: (key: Uint8Array, iv: Uint8Array) => ctr(key, iv),
} as const;

function blockCipher(bits: number, mode: keyof typeof modes): Cipher {
  const of = modes[mode];
  return {
    keyLength: bits / 8,
    ivLength: mode === 'ecb' ? 0 : 16,
    isPadded: mode !== 'ctr',
    encrypt: (key, iv, bytes, padded) => guarded(() => of(key, iv, padded).encrypt(bytes), badDecrypt),
    decrypt: (key, iv, bytes, padded) => guarded(() => of(key, iv, padded).decrypt(bytes), badDecrypt),
  };
}

/**
 * RFC 3394 and RFC 5649. The initial value is an option of the program; those of the standards are the only ones taken
 * here, since KMS takes no others.
 */
function keyWrap(bits: number, wrap: typeof aeskw, standardIv: string): Cipher {
  const work = (iv: Uint8Array, run: () => Uint8Array): Uint8Array => {
    if (bytesToHex(iv) !== standardIv) {
      throw new Failure(`Only the initial value ${standardIv.toUpperCase()} is supported here`);
    }
    return guarded(run, () => new Failure('error writing output file'));
  };
  return {
    keyLength: bits / 8,
    ivLength: standardIv.length / 2,
    isPadded: false,
    encrypt: (key, iv, bytes) => work(iv, () => wrap(key).encrypt(bytes)),
    decrypt: (key, iv, bytes) => work(iv, () => wrap(key).decrypt(bytes)),
  };
}

/** By the name of the option that asks for it. */
export const ciphers: ReadonlyMap<string, Cipher> = new Map(
  [128, 192, 256].flatMap((bits): [string, Cipher][] => [
    [`aes-${bits}-cbc`, blockCipher(bits, 'cbc')],
    [`aes${bits}`, blockCipher(bits, 'cbc')],
    [`aes-${bits}-ecb`, blockCipher(bits, 'ecb')],
    [`aes-${bits}-ctr`, blockCipher(bits, 'ctr')],
    [`id-aes${bits}-wrap`, keyWrap(bits, aeskw, 'a6a6a6a6a6a6a6a6')],
    [`aes${bits}-wrap`, keyWrap(bits, aeskw, 'a6a6a6a6a6a6a6a6')],
    [`id-aes${bits}-wrap-pad`, keyWrap(bits, aeskwp, 'a65959a6')],
    [`aes${bits}-wrap-pad`, keyWrap(bits, aeskwp, 'a65959a6')],
  ]),
);
