import {
  AlgorithmSuiteIdentifier as Suites,
  buildClient,
  CommitmentPolicy,
  KmsKeyringNode,
  type KmsKeyringNodeInput,
} from '@aws-crypto/client-node';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

const plaintext = new TextEncoder().encode('A message of three frames. '.repeat(10));
const encryptionContext = { purpose: 'anatomy', origin: 'Glass KMS' };

/** Messages of the AWS Encryption SDK as it comes from npm, in a cloud of their own. */
export async function sdkMessages() {
  const cloud = await openTestCloud();
  const client = kms(cloud);
  const keyArn = (await client.createKey({})).KeyMetadata?.Arn ?? '';
  const clientProvider = (() => client) as unknown as NonNullable<KmsKeyringNodeInput['clientProvider']>;
  const ring = new KmsKeyringNode({ clientProvider, generatorKeyId: keyArn });

  const policy = CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT;
  const [now, before] = [buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT), buildClient(policy)];
  const encrypt = async ({ encrypt: work }: typeof now, suiteId: Suites) =>
    bytesOf((await work(ring, plaintext, { encryptionContext, frameLength: 100, suiteId })).result);
  const decrypts = async (bytes: Uint8Array) =>
    bytesOf((await before.decrypt(ring, bytes)).plaintext).join() === plaintext.join();

  const committing = await encrypt(now, Suites.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY_ECDSA_P384);
  const unsigned = await encrypt(now, Suites.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY);
  const signedV1 = await encrypt(before, Suites.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384);
  const plainV1 = await encrypt(before, Suites.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA256);
  const unframed = await inOnePiece(async () => {
    const { Plaintext, CiphertextBlob } = await client.generateDataKey({
      KeyId: keyArn,
      KeySpec: 'AES_256',
      EncryptionContext: encryptionContext,
    });
    return { keyArn, dataKey: bytesOf(Plaintext!), blob: bytesOf(CiphertextBlob!) };
  });
  return {
    ...{ cloud, ada: identity(cloud, 'Ada'), keyArn, plaintext, committing, signedV1, unframed, decrypts },
    messages: [committing, unsigned, signedV1, plainV1, unframed],
  };
}

/** A message without frames: the SDK for JavaScript reads them and makes none. */
async function inOnePiece(
  generate: () => Promise<{ keyArn: string; dataKey: Uint8Array<ArrayBuffer>; blob: Uint8Array }>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { keyArn, dataKey, blob } = await generate();
  const suite = [0x01, 0x78];
  const messageId = crypto.getRandomValues(new Uint8Array(16));
  // The context's pairs are in the order of their keys.
  const pairs = Object.entries(encryptionContext).sort(([one], [other]) => (one < other ? -1 : 1));
  const aad = [
    ...number(pairs.length, 2),
    ...pairs.flatMap(([key, value]) => [...text(key), ...text(value)]),
  ];
  const header = new Uint8Array([
    ...[0x01, 0x80, ...suite, ...messageId, ...number(aad.length, 2), ...aad, ...number(1, 2)],
    ...[...text('aws-kms'), ...text(keyArn), ...number(blob.length, 2), ...blob],
    ...[0x01, 0, 0, 0, 0, 12, 0, 0, 0, 0],
  ]);
  const secret = await crypto.subtle.importKey('raw', dataKey, 'HKDF', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new Uint8Array([...suite, ...messageId]) },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  const seal = async (
    iv: Uint8Array<ArrayBuffer>,
    additionalData: Uint8Array<ArrayBuffer>,
    data: BufferSource,
  ) => new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, data));
  const [zero, iv] = [new Uint8Array(12), new Uint8Array([...new Uint8Array(11), 1])];
  const name = new TextEncoder().encode('AWSKMSEncryptionClient Single Block');
  const bodyAad = new Uint8Array([...messageId, ...name, ...number(1, 4), ...number(plaintext.length, 8)]);
  const content = await seal(iv, bodyAad, plaintext);
  const tag = await seal(zero, header, new Uint8Array());
  return new Uint8Array([...header, ...zero, ...tag, ...iv, ...number(plaintext.length, 8), ...content]);
}

function number(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256);
}

function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [...number(bytes.length, 2), ...bytes];
}

function bytesOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}
