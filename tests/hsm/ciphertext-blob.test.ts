import { execFileSync } from 'node:child_process';
import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ciphertextBlobPrefix,
  describeCiphertextBlob,
  parseCiphertextBlob,
} from '../../src/engine/hsm/ciphertext-blob.ts';
import { hasOpenssl } from './support.ts';

const fields = {
  materialId: 'ab'.repeat(32),
  nonce: new Uint8Array(16).fill(0x11),
  iv: new Uint8Array(12).fill(0x22),
};

/** Around each place where a DER length needs another octet, and at both ends. */
const contentLengths = [28, 35, 36, 59, 60, 74, 75, 76, 127, 128, 129, 180, 181, 255, 256, 257, 4123];

function blobOf(contentLength: number): Uint8Array<ArrayBuffer> {
  const content = Uint8Array.from({ length: contentLength }, (_, index) => index & 0xff);
  return new Uint8Array([...ciphertextBlobPrefix(fields, contentLength), ...content]);
}

test('the header, the ids and the length stand where public samples have them', () => {
  const blob = Buffer.from(blobOf(59));
  expect(blob.length).toBe(184);
  expect(blob.toString('base64')).toMatch(/^AQICAH/);
  expect(blob.subarray(0, 5).toString('hex')).toBe('0102020078');
  expect(blob.subarray(5, 37).toString('hex')).toBe(fields.materialId);
  expect(blob[37]).toBe(1);
  expect(blob.subarray(38, 54)).toEqual(Buffer.from(fields.nonce));
  expect(blob.readUInt32BE(54)).toBe(184 - 58);
});

test.each(contentLengths)('an ASN.1 library reads the PKCS #7 part, content of %i bytes', (length) => {
  const blob = blobOf(length);
  const { result, offset } = asn1js.fromBER(blob.slice(58));
  expect(offset).toBe(blob.length - 58);
  const encryptedContent = Buffer.from(blob.subarray(blob.length - length));

  const [contentType, explicit] = partsOf(result, asn1js.Sequence);
  expect(oid(contentType)).toBe('1.2.840.113549.1.7.6');
  const [encryptedData] = partsOf(explicit, asn1js.Constructed);
  const [version, info] = partsOf(encryptedData, asn1js.Sequence);
  expect(a(version, asn1js.Integer).valueBlock.valueDec).toBe(0);
  const [innerType, algorithm, content] = partsOf(info, asn1js.Sequence);
  expect(oid(innerType)).toBe('1.2.840.113549.1.7.1');
  const [name, parameters] = partsOf(algorithm, asn1js.Sequence);
  expect(oid(name)).toBe('2.16.840.1.101.3.4.1.46');
  const [iv, tagLength] = partsOf(parameters, asn1js.Sequence);
  expect(Buffer.from(a(iv, asn1js.OctetString).getValue())).toEqual(Buffer.from(fields.iv));
  expect(a(tagLength, asn1js.Integer).valueBlock.valueDec).toBe(16);
  const { idBlock, valueBlock } = a(content, asn1js.Primitive);
  expect(idBlock).toMatchObject({ tagClass: 3, tagNumber: 0 });
  expect(Buffer.from(valueBlock.valueHexView)).toEqual(encryptedContent);
});

/** The block, which must be of this type. */
function a<Type>(block: unknown, type: new () => Type): Type {
  if (!(block instanceof type)) throw new Error(`No ${type.name}`);
  return block;
}

function partsOf(block: unknown, type: new () => asn1js.Constructed): unknown[] {
  return a(block, type).valueBlock.value;
}

function oid(block: unknown): string {
  return a(block, asn1js.ObjectIdentifier).valueBlock.toString();
}

test.skipIf(!hasOpenssl)('openssl asn1parse reads it and names aes-256-gcm', () => {
  const input = blobOf(300).subarray(58);
  const output = execFileSync('openssl', ['asn1parse', '-inform', 'DER'], { input, encoding: 'utf8' });
  expect(output).toMatch(/OBJECT\s+:pkcs7-encryptedData/);
  expect(output).toMatch(/OBJECT\s+:pkcs7-data/);
  expect(output).toMatch(/OBJECT\s+:aes-256-gcm/);
  expect(output).toMatch(/cont \[ 0 \]/);
});

test('the reader gives back what the writer was given', () => {
  for (const length of contentLengths) {
    const blob = blobOf(length);
    const parsed = parseCiphertextBlob(blob);
    expect(parsed).toMatchObject(fields);
    expect(parsed?.content.length).toBe(length);
    expect(Buffer.concat([parsed!.prefix, parsed!.content])).toEqual(Buffer.from(blob));
  }
});

test('the reader takes views into larger buffers', () => {
  const blob = blobOf(59);
  const larger = new Uint8Array(blob.length + 20).fill(0xff);
  larger.set(blob, 7);
  expect(parseCiphertextBlob(larger.subarray(7, 7 + blob.length))).toMatchObject(fields);
});

test('bytes missing or added anywhere are refused', () => {
  for (const length of [28, 59, 200, 300]) {
    const blob = blobOf(length);
    for (let end = 0; end < blob.length; end++) {
      expect(parseCiphertextBlob(blob.slice(0, end))).toBeUndefined();
    }
    expect(parseCiphertextBlob(new Uint8Array([...blob, 0]))).toBeUndefined();
    expect(parseCiphertextBlob(new Uint8Array([0, ...blob]))).toBeUndefined();
  }
});

test('lengths in more octets than DER allows, and indefinite ones, are refused', () => {
  const blob = Buffer.from(blobOf(59));
  const longForm = Buffer.concat([blob.subarray(0, 59), Buffer.of(0x81), blob.subarray(59)]);
  longForm.writeUInt32BE(longForm.length - 58, 54);
  expect(asn1js.fromBER(longForm.subarray(58)).offset).toBe(longForm.length - 58);
  expect(parseCiphertextBlob(longForm)).toBeUndefined();

  const indefinite = Buffer.concat([blob, Buffer.of(0, 0)]);
  indefinite[59] = 0x80;
  indefinite.writeUInt32BE(indefinite.length - 58, 54);
  expect(parseCiphertextBlob(indefinite)).toBeUndefined();
});

test('no bit outside the ids, the nonce, the IV and the content can change', () => {
  const blob = blobOf(200);
  const content = blob.length - 200;
  const iv = Buffer.from(blob).indexOf(Buffer.from(fields.iv));
  for (let bit = 0; bit < content * 8; bit++) {
    const byte = bit >> 3;
    if ((byte >= 5 && byte < 37) || (byte >= 38 && byte < 54) || (byte >= iv && byte < iv + 12)) continue;
    const changed = blob.slice();
    changed[byte]! ^= 1 << (bit & 7);
    expect(parseCiphertextBlob(changed), `bit ${bit}`).toBeUndefined();
  }
});

test('a blob longer than Decrypt takes is refused', () => {
  expect(parseCiphertextBlob(blobOf(6144))).toBeUndefined();
});

test('the description names every byte of any input once, in order', () => {
  const inputs = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.tuple(fc.nat(400), fc.nat(500)).map(([content, cut]) => blobOf(content + 28).slice(0, cut)),
  );
  fc.assert(
    fc.property(inputs, (bytes) => {
      let offset = 0;
      for (const part of describeCiphertextBlob(bytes)) {
        expect(part.offset).toBe(offset);
        expect(part.length).toBeGreaterThan(0);
        expect(part.meaning).toMatch(/\.$/);
        offset += part.length;
      }
      expect(offset).toBe(bytes.length);
    }),
  );
});

test('the description of a blob names its parts, and of other bytes says so', () => {
  const names = describeCiphertextBlob(blobOf(59)).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('Authentication tag');
  expect(names).not.toContain('Unrecognised');
  expect(describeCiphertextBlob(new Uint8Array(9))).toMatchObject([{ name: 'Unrecognised', length: 9 }]);
});
