import type { RecipientOutput } from '../hsm/hsm.ts';
import type { Call } from '../service/service.ts';
import { locationOf } from './aliases.ts';
import { keyArn } from './identifiers.ts';
import { accept } from './module.ts';
import type { Rooms } from './operation.ts';

/**
 * Has the module encrypt to an enclave's key what came out of a CloudHSM cluster. The module does so with nothing
 * but what it has decrypted itself, so the plaintext goes in under a backing key that is made for this once, and
 * whose token is not kept.
 */
export async function encloseFor(
  call: Call,
  { hsm }: Rooms,
  recipient: Uint8Array,
  plaintext: Uint8Array,
): Promise<RecipientOutput> {
  const { watched } = call.trace;
  const arn = keyArn(locationOf(call), call.requestId);
  const made = await hsm.generateBackingKey({ keyArn: arn, spec: 'SYMMETRIC_DEFAULT', watched });
  const { token } = accept(call, made);
  const side = { token, algorithm: 'SYMMETRIC_DEFAULT', context: {} } as const;
  const { ciphertext } = accept(call, await hsm.encrypt({ ...side, plaintext, watched }));
  const { ciphertextForRecipient } = accept(
    call,
    await hsm.decrypt({ ...side, ciphertext, recipient, watched }),
  );
  return ciphertextForRecipient ? { ciphertextForRecipient } : {};
}
