import { sealFile } from '$lib/envelope/in-memory.ts';
import { importDataKey } from '$lib/envelope/stream.ts';
import { actor } from '$lib/cloud/actor.svelte.ts';
import { ciphertextText as text } from '$lib/strings/ciphertext.ts';
import type { Format } from '../anatomy/parts.ts';

/** What can be made here to look at. */
export type Makeable = Exclude<Format, 'unknown'>;

const region = 'us-east-1';
const context = text.exampleContext;
const sentence = () => new TextEncoder().encode(text.exampleSentence);

/**
 * Makes a KMS key and a ciphertext that only it opens, by two signed requests of whom the pictures act as. Rejects
 * with AWS's message where that is refused.
 */
export async function makeOne(kind: Makeable): Promise<Uint8Array<ArrayBuffer>> {
  const made = await actor.ask(region, 'CreateKey', { Description: text.exampleKey });
  if (made.kind !== 'done') throw new Error(made.message);
  const keyArn = made.output.KeyMetadata?.Arn ?? '';
  if (kind === 'kms-blob') return encrypt(keyArn);

  const { dataKey, encryptedDataKey } = await generateDataKey(keyArn);
  try {
    if (kind === 'encryption-sdk') {
      const { writeMessage } = await import('./write-message.ts');
      const plaintext = sentence();
      return await writeMessage({ keyArn, dataKey, encryptedDataKey, context, plaintext, frameLength: 16 });
    }
    const envelope = await sealFile(await importDataKey(dataKey), new Blob([sentence()]), {
      ...{ keyArn, encryptedDataKey, encryptionContext: context },
      ...{ fileName: text.exampleFile, mediaType: 'text/plain', chunkSize: 16 },
    });
    return new Uint8Array(await envelope.arrayBuffer());
  } finally {
    dataKey.fill(0);
  }
}

async function encrypt(keyArn: string): Promise<Uint8Array<ArrayBuffer>> {
  const input = { KeyId: keyArn, Plaintext: sentence(), EncryptionContext: context };
  const answer = await actor.ask(region, 'Encrypt', input);
  if (answer.kind !== 'done') throw new Error(answer.message);
  return Uint8Array.from(answer.output.CiphertextBlob ?? []);
}

async function generateDataKey(keyArn: string) {
  const input = { KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: context } as const;
  const answer = await actor.ask(region, 'GenerateDataKey', input);
  if (answer.kind !== 'done') throw new Error(answer.message);
  const { Plaintext = [], CiphertextBlob = [] } = answer.output;
  return { dataKey: Uint8Array.from(Plaintext), encryptedDataKey: Uint8Array.from(CiphertextBlob) };
}
