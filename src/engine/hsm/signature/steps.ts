import type { Field, Step } from '../../trace/trace.ts';
import { made, read, step, wall } from '../steps.ts';
import type { Message } from './scheme.ts';

/** What the module says of signatures to the glass. Of a raw message it gives the length only. */

export function signed(message: Message, signature: Uint8Array): Step {
  return step('The private key signs.', messageFields(message), [made('Signature', signature)]);
}

export function signatureMatches(message: Message, signature: Uint8Array): Step {
  return step('The signature matches.', [...messageFields(message), read('Signature', signature)]);
}

export function signatureRefused(message: Message, signature: Uint8Array): Step {
  return wall('The signature does not match.', [...messageFields(message), read('Signature', signature)]);
}

function messageFields({ algorithm, message, messageType }: Message): Field[] {
  const field = {
    RAW: () => read('Message length', message.length),
    DIGEST: () => read('Digest', message),
    EXTERNAL_MU: () => read('External μ', message),
  };
  return [read('Algorithm', algorithm), field[messageType]()];
}
