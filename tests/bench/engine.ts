import { compare, type Comparison } from './compare.ts';
import { ask, memoryDoor, repeated, type Door } from './door.ts';
import { rawKms } from './raw.ts';

const context = { purpose: 'bench' };
const plaintext = crypto.getRandomValues(new Uint8Array(1024));

/**
 * The engine's Encrypt and Decrypt of 1 KiB, from signed request to response, without HTTP, on a vault in
 * memory; against the bare WebCrypto calls that such a request cannot do without. Runs in Node and in a worker.
 */
export async function compareEngine(where: string): Promise<Comparison[]> {
  const door = await memoryDoor();
  const raw = await rawKms(new TextEncoder().encode(JSON.stringify(context)));
  const input = await encryptInput(door);
  const { CiphertextBlob } = await ask(door, 'Encrypt', input);
  const sealed = await raw.encrypt(plaintext);
  return [
    await compare(`Encrypt of 1 KiB in ${where} ÷ bare WebCrypto calls`, {
      subject: await repeated(door, 'Encrypt', input),
      baseline: { call: () => raw.encrypt(plaintext) },
    }),
    await compare(`Decrypt of 1 KiB in ${where} ÷ bare WebCrypto calls`, {
      subject: await repeated(door, 'Decrypt', { CiphertextBlob, EncryptionContext: context }),
      baseline: { call: () => raw.decrypt(sealed) },
    }),
  ];
}

/** One Encrypt of 1 KiB through one door against the same through another. */
export async function compareDoors(name: string, subject: Door, baseline: Door): Promise<Comparison> {
  return compare(name, {
    subject: await repeated(subject, 'Encrypt', await encryptInput(subject)),
    baseline: await repeated(baseline, 'Encrypt', await encryptInput(baseline)),
  });
}

/** What Encrypt wants, with a new key. */
async function encryptInput(door: Door): Promise<object> {
  const { KeyMetadata } = await ask(door, 'CreateKey', {});
  const { KeyId } = KeyMetadata as { KeyId: string };
  return { KeyId, Plaintext: btoa(String.fromCharCode(...plaintext)), EncryptionContext: context };
}
