import type { Integer } from 'asn1js';
import { Constructed, fromBER, OctetString, Primitive, Sequence, Set } from 'asn1js';
import { execFileSync } from 'node:child_process';
import { constants, createDecipheriv, createHash, privateDecrypt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attested, recipient, recipientSpki } from './attestation-support.ts';
import { accepted, ciphers, hasOpenssl, newToken, openTestHsm, startTime } from './support.ts';

const hsm = await openTestHsm();
const token = await newToken(hsm);
const { document } = await attested(hsm);
const { attestation } = accepted(await hsm.readAttestation({ document, now: startTime }));

/** What the module makes of a plaintext for the enclave that it has read the attestation of. */
async function sealed(plaintext: Uint8Array): Promise<Uint8Array> {
  const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext }));
  const { publicKey } = attestation;
  const opened = accepted(await hsm.decrypt({ ...ciphers, token, ciphertext, recipient: publicKey }));
  expect(opened).not.toHaveProperty('plaintext');
  return opened.ciphertextForRecipient!;
}

const lengths = [1, 15, 16, 17, 32, 4096];

test.each(lengths)('Node opens an envelope with %i bytes', async (length) => {
  const plaintext = Buffer.alloc(length, 'glass');
  const { encryptedKey, iv, content } = parse(await sealed(plaintext));
  expect(openByNode(encryptedKey, iv, content)).toEqual(plaintext);
});

test.skipIf(!hasOpenssl).each(lengths)('OpenSSL opens an envelope with %i bytes', async (length) => {
  const plaintext = Buffer.alloc(length, 'glass');
  const folder = mkdtempSync(join(tmpdir(), 'glass-kms-'));
  try {
    const [key, envelope] = [join(folder, 'key.pem'), join(folder, 'envelope')];
    writeFileSync(key, recipient.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(envelope, await sealed(plaintext));
    const options = ['-decrypt', '-binary', '-inform', 'DER', '-inkey', key, '-in', envelope];
    expect(execFileSync('openssl', ['cms', ...options])).toEqual(plaintext);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/**
 * The form of AWS's own answers, as they stand in aws-nitro-enclaves-sdk-c (`tests/cms_test.c`) and in issue 779 of
 * RustCrypto/formats: in BER, with these bytes around what differs.
 */
test('an envelope has the form of AWS’s, byte for byte', async () => {
  const hex = Buffer.from(await sealed(Buffer.alloc(32))).toString('hex');
  const keyId = createHash('sha256').update(recipientSpki).digest('hex');
  expect(hex).toMatch(
    new RegExp(
      [
        '^3080 06092a864886f70d010703 a080 3080 020102', // ContentInfo, envelopedData, EnvelopedData, version 2
        `3182016b 30820167 020102 8020${keyId}`, // KeyTransRecipientInfo, version 2, [0] subjectKeyIdentifier
        '303c 06092a864886f70d010107 302f', // RSAES-OAEP
        'a00f300d06096086480165030402010500', // SHA-256
        'a11c301a06092a864886f70d010108 300d06096086480165030402010500', // MGF1 with SHA-256
        '04820100[0-9a-f]{512}', // encryptedKey
        '3080 06092a864886f70d010701', // EncryptedContentInfo, data
        '301d 060960864801650304012a 0410[0-9a-f]{32}', // AES-256-CBC, IV
        'a080 0430[0-9a-f]{96} 0000', // encryptedContent: 32 bytes and their padding
        '0000 0000 0000 0000$',
      ]
        .join('')
        .replaceAll(' ', ''),
    ),
  );
});

test('no two envelopes have a key or an IV in common', async () => {
  const [one, other] = [parse(await sealed(Buffer.alloc(16))), parse(await sealed(Buffer.alloc(16)))];
  expect(one.iv).not.toEqual(other.iv);
  expect(one.content).not.toEqual(other.content);
  expect(contentKey(one.encryptedKey)).not.toEqual(contentKey(other.encryptedKey));
});

test('the glass sees the envelope, and of the plaintext its length', async () => {
  const plaintext = Buffer.from('a plaintext that only the enclave may see');
  const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext }));
  const { steps, ciphertextForRecipient } = accepted(
    await hsm.decrypt({ ...ciphers, token, ciphertext, recipient: recipientSpki, watched: true }),
  );
  expect(steps.at(-1)).toMatchObject({
    title: 'The module encrypts the plaintext to the public key in the attestation document.',
    outcome: 'ok',
  });
  expect(steps.at(-1)!.fields.at(-1)!.value).toEqual(ciphertextForRecipient);
  expect(JSON.stringify(steps)).not.toContain(plaintext.toString());
});

/** Reads EnvelopedData as RFC 5652 §6.1 has it. */
function parse(envelope: Uint8Array) {
  const { offset, result } = fromBER(new Uint8Array(envelope));
  expect(offset).toBe(envelope.length);
  const [, wrapped] = childrenOf(result, Sequence);
  const [version, recipients, contentInfo] = childrenOf(childrenOf(wrapped, Constructed)[0], Sequence);
  const [only, ...others] = childrenOf(recipients, Set);
  expect(others).toEqual([]);
  const [infoVersion, id, , encryptedKey] = childrenOf(only, Sequence);
  expect([version, infoVersion].map((value) => (value as Integer).valueBlock.valueDec)).toEqual([2, 2]);
  expect(id).toBeInstanceOf(Primitive);
  const [, algorithm, content] = childrenOf(contentInfo, Sequence);
  return {
    encryptedKey: bytesOf(encryptedKey),
    iv: bytesOf(childrenOf(algorithm, Sequence)[1]),
    content: Buffer.concat(childrenOf(content, Constructed).map(bytesOf)),
  };
}

function childrenOf(value: unknown, type: typeof Constructed | typeof Sequence | typeof Set): unknown[] {
  expect(value).toBeInstanceOf(type);
  // asn1js counts the end of contents among them.
  return (value as Constructed).valueBlock.value.filter(
    ({ idBlock }) => idBlock.tagNumber !== 0 || idBlock.tagClass !== 1,
  );
}

function bytesOf(value: unknown): Buffer {
  expect(value).toBeInstanceOf(OctetString);
  return Buffer.from((value as OctetString).valueBlock.valueHexView);
}

function contentKey(encryptedKey: Buffer): Buffer {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return privateDecrypt({ key: recipient.privateKey, padding, oaepHash: 'sha256' }, encryptedKey);
}

function openByNode(encryptedKey: Buffer, iv: Buffer, content: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', contentKey(encryptedKey), iv);
  return Buffer.concat([decipher.update(content), decipher.final()]);
}
