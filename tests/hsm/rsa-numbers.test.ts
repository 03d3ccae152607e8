import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import {
  privateNumbers,
  privateOperation,
  publicOperation,
  toBytes,
  toNumber,
} from '../../src/engine/hsm/signature/rsa-numbers.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateNumbers(privateKey.export({ format: 'jwk' }));

test('the private operation undoes the public one, at both ends of the range too', () => {
  for (const m of [0n, 1n, 2n, key.p, key.q, key.n - 1n, key.n >> 1n]) {
    expect(publicOperation(key, privateOperation(key, m, systemRandomness))).toBe(m);
  }
});

test.each(['dp', 'dq', 'p', 'q', 'qInverse'] as const)('a fault in %s yields no signature', (part) => {
  const faulty = { ...key, [part]: key[part] + 2n };
  expect(() => privateOperation(faulty, 12345n, systemRandomness)).toThrow('failed its own check');
});

test('a blinding factor without an inverse yields no signature', () => {
  // The factor is drawn modulo n, less two, and two are added: this draws p.
  const drawing = { bytes: (length: number) => toBytes(key.p - 2n, length) };
  expect(() => privateOperation(key, 12345n, drawing)).toThrow('failed its own check');
});

test('numbers above the modulus are none of the public key', () => {
  expect(publicOperation(key, key.n)).toBeUndefined();
  expect(publicOperation(key, key.n + 1n)).toBeUndefined();
});

test('numbers and bytes are big-endian, with leading zeros', () => {
  expect(toBytes(0x0102n, 4)).toEqual(Uint8Array.of(0, 0, 1, 2));
  expect(toNumber(Uint8Array.of(0, 0, 1, 2))).toBe(0x0102n);
  expect(toNumber(new Uint8Array(0))).toBe(0n);
});
