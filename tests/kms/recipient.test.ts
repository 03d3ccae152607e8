import type { KMS } from '@aws-sdk/client-kms';
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { auditRecords } from '../support/audit.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { startEnclave } from '../support/enclave.ts';

/** Requests of Nitro enclaves: KMS Developer Guide, "Cryptographic attestation support in AWS KMS". */

/** RSA keys take long to find, and longer on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const image = 'ab'.repeat(48);
const otherImage = 'cd'.repeat(48);
const kernel = '12'.repeat(48);
const zeros = '00'.repeat(48);
const pcrs = { 0: image, 1: kernel, 2: zeros };

async function world() {
  const cloud = await openTestCloud();
  return { cloud, client: kms(cloud), enclave: startEnclave(cloud, pcrs) };
}

const same = (one: Uint8Array | undefined, other: Uint8Array) =>
  expect(Buffer.from(one!).equals(Buffer.from(other))).toBe(true);

describe('with a Recipient, only the enclave can open', () => {
  test('what Decrypt gives', async () => {
    const { client, enclave } = await world();
    const { KeyMetadata } = await client.createKey({});
    const Plaintext = new TextEncoder().encode('for the enclave alone');
    const { CiphertextBlob } = await client.encrypt({ KeyId: KeyMetadata!.KeyId, Plaintext });
    const reply = await client.decrypt({ CiphertextBlob, Recipient: await enclave.recipient() });
    expect(reply).not.toHaveProperty('Plaintext');
    expect(reply).not.toHaveProperty('KeyMaterialId');
    expect(reply.KeyId).toBe(KeyMetadata!.Arn);
    same(enclave.open(reply.CiphertextForRecipient), Plaintext);
  });

  test('what Decrypt gives under an RSA key', async () => {
    const { client, enclave } = await world();
    const { KeyMetadata } = await client.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    const { KeyId } = KeyMetadata!;
    const Plaintext = new TextEncoder().encode('for the enclave alone');
    const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext, EncryptionAlgorithm });
    const Recipient = await enclave.recipient();
    const reply = await client.decrypt({ KeyId, CiphertextBlob, EncryptionAlgorithm, Recipient });
    expect(reply).not.toHaveProperty('Plaintext');
    same(enclave.open(reply.CiphertextForRecipient), Plaintext);
  });

  test('the data key of GenerateDataKey', async () => {
    const { client, enclave } = await world();
    const { KeyMetadata } = await client.createKey({});
    const { KeyId } = KeyMetadata!;
    const Recipient = await enclave.recipient();
    const reply = await client.generateDataKey({ KeyId, KeySpec: 'AES_256', Recipient });
    expect(reply).not.toHaveProperty('Plaintext');
    expect(reply).not.toHaveProperty('KeyMaterialId');
    const { Plaintext } = await client.decrypt({ CiphertextBlob: reply.CiphertextBlob });
    same(enclave.open(reply.CiphertextForRecipient), Plaintext!);
  });

  test('the private key of GenerateDataKeyPair', async () => {
    const { client, enclave } = await world();
    const { KeyMetadata } = await client.createKey({});
    const reply = await client.generateDataKeyPair({
      KeyId: KeyMetadata!.KeyId,
      KeyPairSpec: 'ECC_NIST_P256',
      Recipient: await enclave.recipient(),
    });
    expect(reply).not.toHaveProperty('PrivateKeyPlaintext');
    const privateKey = Buffer.from(enclave.open(reply.CiphertextForRecipient));
    const publicKey = createPublicKey(createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }));
    same(reply.PublicKey, publicKey.export({ format: 'der', type: 'spki' }));
  });

  test('the bytes of GenerateRandom', async () => {
    const { client, enclave } = await world();
    const reply = await client.generateRandom({ NumberOfBytes: 48, Recipient: await enclave.recipient() });
    expect(reply).not.toHaveProperty('Plaintext');
    expect(enclave.open(reply.CiphertextForRecipient)).toHaveLength(48);
  });

  test('the secret of DeriveSharedSecret', async () => {
    const { client, enclave } = await world();
    const { KeyMetadata } = await client.createKey({ KeySpec: 'ECC_NIST_P384', KeyUsage: 'KEY_AGREEMENT' });
    const { KeyId } = KeyMetadata!;
    const peer = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const reply = await client.deriveSharedSecret({
      KeyId,
      KeyAgreementAlgorithm: 'ECDH',
      PublicKey: peer.publicKey.export({ type: 'spki', format: 'der' }),
      Recipient: await enclave.recipient(),
    });
    expect(reply).not.toHaveProperty('SharedSecret');
    const { PublicKey } = await client.getPublicKey({ KeyId });
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
    same(
      enclave.open(reply.CiphertextForRecipient),
      diffieHellman({ privateKey: peer.privateKey, publicKey }),
    );
  });
});

/** A key whose policy lets Ada decrypt for one enclave alone. */
async function keyFor(client: KMS, condition: Record<string, string>) {
  const principal = { AWS: 'arn:aws:iam::111122223333:root' };
  const { KeyMetadata } = await client.createKey({
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: principal, Action: 'kms:*', Resource: '*' },
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: { StringNotEqualsIgnoreCase: condition },
        },
      ],
    }),
  });
  const { KeyId } = KeyMetadata!;
  const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext: new Uint8Array([1, 2, 3]) });
  return { KeyId, CiphertextBlob: CiphertextBlob! };
}

describe.each([
  ['kms:RecipientAttestation:ImageSha384', image],
  ['kms:RecipientAttestation:PCR0', image],
  ['kms:RecipientAttestation:PCR1', kernel],
])('a policy with %s', (conditionKey, value) => {
  test('lets that enclave decrypt, and neither another nor anybody without one', async () => {
    const { cloud, client, enclave } = await world();
    const { CiphertextBlob } = await keyFor(client, { [conditionKey]: value });
    const reply = await client.decrypt({ CiphertextBlob, Recipient: await enclave.recipient() });
    same(enclave.open(reply.CiphertextForRecipient), new Uint8Array([1, 2, 3]));
    const other = startEnclave(cloud, { 0: otherImage, 1: otherImage });
    for (const Recipient of [await other.recipient(), undefined]) {
      await expect(client.decrypt({ CiphertextBlob, Recipient })).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
    }
  });
});

test('a policy tells NitroTPMs from enclaves', async () => {
  const { cloud, client, enclave } = await world();
  const { CiphertextBlob } = await keyFor(client, { 'kms:RecipientAttestation:NitroTPMPCR4': image });
  const instance = startEnclave(cloud, { 4: image }, 'nitrotpm');
  const reply = await client.decrypt({ CiphertextBlob, Recipient: await instance.recipient() });
  same(instance.open(reply.CiphertextForRecipient), new Uint8Array([1, 2, 3]));
  await expect(
    client.decrypt({ CiphertextBlob, Recipient: await enclave.recipient() }),
  ).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('a document that does not verify, or half a Recipient, is refused', async () => {
  const { client, enclave } = await world();
  const { AttestationDocument, KeyEncryptionAlgorithm } = await enclave.recipient();
  const altered = Uint8Array.from(AttestationDocument);
  altered[altered.length - 1]! ^= 1;
  const foreign = startEnclave(await openTestCloud(), pcrs);
  for (const Recipient of [
    { KeyEncryptionAlgorithm, AttestationDocument: altered },
    { KeyEncryptionAlgorithm, AttestationDocument: new Uint8Array([1, 2, 3]) },
    await foreign.recipient(),
    { AttestationDocument },
    { KeyEncryptionAlgorithm },
  ]) {
    await expect(client.generateRandom({ NumberOfBytes: 8, Recipient })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  }
});

test('CloudTrail names the enclave and the registers that it has extended', async () => {
  const { cloud, client, enclave } = await world();
  await client.generateRandom({ NumberOfBytes: 8, Recipient: await enclave.recipient() });
  const record = (await auditRecords(cloud)).find(({ eventName }) => eventName === 'GenerateRandom');
  expect(record!.requestParameters).toEqual({ numberOfBytes: 8 });
  expect(record!.additionalEventData).toEqual({
    recipient: {
      attestationDocumentModuleId: expect.stringMatching(/^i-[0-9a-f]{17}-enc[0-9a-f]+$/) as string,
      attestationDocumentEnclaveImageDigest: image,
      attestationDocumentEnclavePCR1: kernel,
    },
  });
});
