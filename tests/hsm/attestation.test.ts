import { decode } from 'cborg';
import { verify, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { connectHsm, serveHsm } from '../../src/engine/hsm/port.ts';
import { bytesHsmStore, type BytesIo } from '../../src/engine/hsm/store/bytes.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { attested, imageDigest, minute, recipientSpki, zeros } from './attestation-support.ts';
import { accepted, openTestHsm, refusal, startTime } from './support.ts';

const hsm = await openTestHsm();

describe('a document that the module attests', () => {
  test('says of an enclave what was measured, and is found good', async () => {
    const { document } = await attested(hsm, { pcrs: { 0: imageDigest, 8: imageDigest.toUpperCase() } });
    const { attestation } = accepted(await hsm.readAttestation({ document, now: startTime }));
    const unused = [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15].map((index) => [index, zeros]);
    expect(attestation).toEqual({
      moduleId: expect.stringMatching(/^i-[0-9a-f]{17}-enc[0-9a-f]{16}$/),
      kind: 'enclave',
      pcrs: { 0: imageDigest, 8: imageDigest, ...Object.fromEntries(unused) },
      publicKey: recipientSpki,
      timestamp: startTime,
    });
  });

  test('says of a NitroTPM what was measured, and is found good', async () => {
    const { document } = await attested(hsm, { kind: 'nitrotpm', pcrs: { 4: imageDigest } });
    const { attestation } = accepted(await hsm.readAttestation({ document, now: startTime }));
    expect(attestation.kind).toBe('nitrotpm');
    expect(attestation.moduleId).toMatch(/^i-[0-9a-f]{17}-tpm0{16}$/);
    expect(Object.keys(attestation.pcrs)).toHaveLength(24);
    expect(attestation.pcrs).toMatchObject({ 4: imageDigest, 7: zeros });
    expect(membersOf(document).has('pcrs')).toBe(false);
  });

  test('is good for five minutes', async () => {
    const { document } = await attested(hsm);
    accepted(await hsm.readAttestation({ document, now: startTime + 5 * minute }));
    const late = await hsm.readAttestation({ document, now: startTime + 5 * minute + 1 });
    expect(refusal(late)).toBe('ATTESTATION_REJECTED');
  });

  test('may come with the tag of COSE_Sign1 or without', async () => {
    const { document } = await attested(hsm);
    const tagged = Buffer.concat([Buffer.of(0xd2), document]);
    accepted(await hsm.readAttestation({ document: tagged, now: startTime }));
  });

  test('holds in the eyes of Node, from the root down to each byte of it', async () => {
    const { document, rootCertificate } = await attested(hsm);
    const members = membersOf(document);
    const [protectedHeader, unprotected, payload, signature] = partsOf(document);
    expect(Buffer.from(protectedHeader)).toEqual(Buffer.from('a1013822', 'hex'));
    expect(unprotected).toEqual(new Map());

    const bundle = members.get('cabundle') as Uint8Array[];
    expect(bundle[0]).toEqual(rootCertificate);
    const chain = [...bundle, members.get('certificate') as Uint8Array].map(
      (der) => new X509Certificate(der),
    );
    expect(chain[0]!.subject).toBe('CN=glass-kms.nitro-enclaves');
    for (const [index, certificate] of chain.entries()) {
      const issuer = chain[Math.max(0, index - 1)]!;
      expect(certificate.checkIssued(issuer)).toBe(true);
      expect(certificate.verify(issuer.publicKey)).toBe(true);
      expect(certificate.ca).toBe(index < chain.length - 1);
      expect(certificate.raw.length).toBeLessThanOrEqual(1024);
      expect(Date.parse(certificate.validFrom)).toBeLessThanOrEqual(startTime);
    }
    const signer = chain.at(-1)!;
    expect(Date.parse(signer.validTo)).toBe(startTime + 180 * minute);
    const key = { key: signer.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha384', signedBytes(payload), key, signature)).toBe(true);
  });

  test('carries any key that an enclave asks for; which keys it takes is for KMS to say', async () => {
    const { document } = await attested(hsm, { publicKey: Uint8Array.of(1, 2, 3) });
    expect(membersOf(document).get('public_key')).toEqual(Uint8Array.of(1, 2, 3));
    expect(refusal(await hsm.readAttestation({ document, now: startTime }))).toBe('ATTESTATION_REJECTED');
  });

  test.each([
    ['a register that no platform has', { pcrs: { 32: imageDigest } }],
    ['a register of odd length', { pcrs: { 0: 'abc' } }],
    ['a register of the length of SHA-1', { pcrs: { 0: zeros.slice(0, 40) } }],
    ['a register that is no hex', { pcrs: { 0: 'x'.repeat(96) } }],
    ['no public key', { publicKey: new Uint8Array() }],
    ['a public key of more than 1024 bytes', { publicKey: new Uint8Array(1025) }],
  ])('cannot have %s', async (_what, ask) => {
    await expect(attested(hsm, ask)).rejects.toThrow(RangeError);
  });
});

describe('the root', () => {
  test.each([
    ['in memory', memoryHsmStore],
    ['as bytes', () => bytesHsmStore(bytesInMemory())],
  ])('stays the same as long as the module does, kept %s', async (_where, newStore) => {
    const store = newStore();
    const { document, rootCertificate } = await attested(await openTestHsm(store));
    const again = await openTestHsm(store);
    accepted(await again.readAttestation({ document, now: startTime }));
    expect((await attested(again)).rootCertificate).toEqual(rootCertificate);
  });

  test('goes when the module is zeroised', async () => {
    const mine = await openTestHsm();
    const { document } = await attested(mine);
    await mine.zeroise();
    expect(refusal(await mine.readAttestation({ document, now: startTime }))).toBe('ATTESTATION_REJECTED');
  });

  test('has a key that follows from the seed, where there is one', async () => {
    const keys = ['one', 'one', 'two'].map(async (seed) => {
      const { rootCertificate } = await attested(await openTestHsm(memoryHsmStore(), seed));
      return new X509Certificate(rootCertificate).publicKey;
    });
    const [first, same, other] = await Promise.all(keys);
    expect(first!.equals(same!)).toBe(true);
    expect(first!.equals(other!)).toBe(false);
  });
});

test('attestation goes through the port', async () => {
  const { port1, port2 } = new MessageChannel();
  serveHsm(hsm, port1);
  const remote = connectHsm(port2);
  try {
    const { document } = await attested(remote);
    accepted(await remote.readAttestation({ document, now: startTime }));
  } finally {
    port1.close();
  }
});

test('the glass sees what was verified, and why something was not', async () => {
  const { document } = await attested(hsm);
  const read = await hsm.readAttestation({ document, now: startTime, watched: true });
  expect(read.steps.map(({ outcome }) => outcome)).toEqual(['ok']);
  expect(read.steps[0]!.fields).toContainEqual({ name: 'PCR0', value: imageDigest, direction: 'out' });

  const late = await hsm.readAttestation({ document, now: startTime + 10 * minute, watched: true });
  expect(late.steps).toMatchObject([
    { outcome: 'refused', fields: [{}, { name: 'Reason', value: 'It is not of the last five minutes.' }] },
  ]);
  expect((await hsm.readAttestation({ document, now: startTime })).steps).toEqual([]);
});

function bytesInMemory(): BytesIo {
  let kept: Uint8Array | undefined;
  return { read: async () => kept, write: async (bytes) => void (kept = bytes) };
}

function partsOf(document: Uint8Array) {
  return decode(document, { useMaps: true }) as [Uint8Array, Map<unknown, unknown>, Uint8Array, Uint8Array];
}

function membersOf(document: Uint8Array): Map<string, unknown> {
  return decode(partsOf(document)[2], { useMaps: true }) as Map<string, unknown>;
}

/** Sig_structure by hand (RFC 9052 §4.4): an array of four, its payload of 256 to 65535 bytes. */
function signedBytes(payload: Uint8Array): Buffer {
  const length = Buffer.of(0x59, payload.length >> 8, payload.length & 0xff);
  const before = Buffer.concat([Buffer.of(0x84, 0x6a), Buffer.from('Signature1')]);
  return Buffer.concat([before, Buffer.from('44a101382240', 'hex'), length, payload]);
}
