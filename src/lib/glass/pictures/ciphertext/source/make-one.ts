import { actor } from '$lib/glass/shell/actor.svelte.ts';
import { ciphertextText as text } from '$lib/strings/ciphertext.ts';

/**
 * Makes a KMS key and encrypts a sentence under it, by two signed requests of whom the pictures act as. Rejects
 * with AWS's message where that is refused.
 */
export async function makeOne(): Promise<Uint8Array<ArrayBuffer>> {
  const region = 'us-east-1';
  const made = await actor.ask(region, 'CreateKey', { Description: text.exampleKey });
  if (made.kind !== 'done') throw new Error(made.message);
  const encrypted = await actor.ask(region, 'Encrypt', {
    KeyId: made.output.KeyMetadata?.KeyId,
    Plaintext: new TextEncoder().encode(text.exampleSentence),
    EncryptionContext: text.exampleContext,
  });
  if (encrypted.kind !== 'done') throw new Error(encrypted.message);
  return Uint8Array.from(encrypted.output.CiphertextBlob ?? []);
}
