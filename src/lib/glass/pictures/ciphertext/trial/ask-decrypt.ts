import { AwsFault, type Door, type Signer } from '$lib/cloud/signed-client.ts';
import { kmsClient } from '$lib/cloud/kms.ts';
import { toBase64 } from '$lib/envelope/base64.ts';
import { Caught } from './caught.ts';

/** What is asked of Decrypt. */
export interface Question {
  blob: Uint8Array<ArrayBuffer>;
  context: Record<string, string>;
  /** Absent: the blob itself says which key it wants. */
  keyArn?: string;
}

export interface Opened {
  plaintext: Uint8Array<ArrayBuffer>;
  keyArn: string;
  requestId: string | undefined;
}

/** Throws `Caught` by KMS, as KMS answers; anything else where KMS could not be asked. */
export type AskDecrypt = (question: Question) => Promise<Opened>;

/** Asks by signed requests to the Region that the key's ARN names, or else to `region`. */
export function askDecrypt(door: Door, identity: Signer, region: string): AskDecrypt {
  return async ({ blob, context, keyArn }) => {
    const client = kmsClient(door, identity, {
      region: regionOf(keyArn) ?? region,
      userAgent: 'glass-kms-glass',
    });
    try {
      const { Plaintext, KeyId, $metadata } = await client.call('Decrypt', {
        CiphertextBlob: blob,
        ...(Object.keys(context).length > 0 && { EncryptionContext: context }),
        ...(keyArn !== undefined && { KeyId: keyArn }),
      });
      return {
        plaintext: new Uint8Array(Plaintext ?? []),
        keyArn: KeyId ?? '',
        requestId: $metadata.requestId,
      };
    } catch (error) {
      if (error instanceof AwsFault) throw new Caught('kms', error.name, error.message, error.requestId);
      throw error;
    }
  };
}

/** Asks each question once: who tries every byte of a long message needs its data key more than once. */
export function askingOnce(ask: AskDecrypt): AskDecrypt & { forget: () => void } {
  const answers = new Map<string, Promise<Opened>>();
  const asking = (question: Question): Promise<Opened> => {
    const name = JSON.stringify([toBase64(question.blob), question.context, question.keyArn]);
    const answer = answers.get(name) ?? ask(question);
    answers.set(name, answer);
    return answer.then((opened) => ({ ...opened, plaintext: opened.plaintext.slice() }));
  };
  const forget = (): void => {
    for (const answer of answers.values()) {
      answer.then(({ plaintext }) => plaintext.fill(0)).catch(() => undefined);
    }
    answers.clear();
  };
  return Object.assign(asking, { forget });
}

function regionOf(keyArn: string | undefined): string | undefined {
  const region = keyArn?.split(':')[3] ?? '';
  return /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/.test(region) ? region : undefined;
}
