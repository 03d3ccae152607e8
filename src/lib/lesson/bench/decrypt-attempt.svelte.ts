import { readLayout, type EnvelopeHeader } from '$lib/envelope/format.ts';
import { lessonText } from '$lib/strings/lesson.ts';
import { Attempt } from '$lib/cloud/attempt.svelte.ts';
import type { LessonSession } from '../session.svelte.ts';

/** What a break changes about the request that would have been right. */
export interface Changes {
  ciphertext?: Uint8Array;
  context?: Record<string, string>;
  principal?: string;
}

/** The front of the envelope on the desk. Rejects with a message for the learner when there is none. */
export async function headerOnDesk(session: LessonSession): Promise<EnvelopeHeader> {
  const { envelope } = session.desk;
  if (!envelope) throw new Error(lessonText.breaking.noEnvelope);
  return (await readLayout(envelope)).header;
}

/**
 * Asks KMS to decrypt the envelope's data key, with something changed. Names no KeyId, so that the ciphertext
 * alone says which key it wants. Whatever comes back is wiped: the point is what does not come back.
 */
export class DecryptAttempt extends Attempt<boolean> {
  ask(session: LessonSession, step: string, { ciphertext, context, principal }: Changes): Promise<void> {
    return this.run(async () => {
      const header = await headerOnDesk(session);
      const { Plaintext } = await session.send(
        step,
        'Decrypt',
        {
          CiphertextBlob: ciphertext ?? header.encryptedDataKey,
          EncryptionContext: context ?? header.encryptionContext,
        },
        principal,
      );
      Plaintext?.fill(0);
      return true;
    });
  }
}
