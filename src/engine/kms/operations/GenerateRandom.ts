import { about, integer } from '../../declaration/members.ts';
import type { Call } from '../../service/service.ts';
import { locationOf } from '../aliases.ts';
import { randomFromStore } from '../custom-key-stores/random.ts';
import { findStore } from '../custom-key-stores/records.ts';
import { encloseFor } from '../enclosing.ts';
import { validationError } from '../errors.ts';
import { customKeyStoreId, recipient } from '../members.ts';
import { accept } from '../module.ts';
import { operation, type Rooms } from '../operation.ts';

/**
 * GenerateRandom: bytes from the module's random bit generator, or from that of a CloudHSM key store.
 * AWS: KMS API Reference, GenerateRandom.
 */
export const GenerateRandom = operation('GenerateRandom', {
  summary: 'Gives random bytes from the HSM.',
  readOnly: true,
  accountAction: 'kms:GenerateRandom',
  input: {
    NumberOfBytes: about('How many bytes to give; there is no usual number.', integer({ min: 1, max: 1024 })),
    CustomKeyStoreId: about(
      'The custom key store whose CloudHSM cluster is to draw the bytes.',
      customKeyStoreId(),
    ),
    Recipient: recipient(),
  },
  check({ NumberOfBytes }) {
    if (NumberOfBytes === undefined) throw validationError('NumberOfBytes is required.');
  },
  async run({ input: { NumberOfBytes: length = 0, CustomKeyStoreId: storeId }, call, rooms, recipient }) {
    call.audit.resources = [];
    if (storeId !== undefined) return fromStore(call, rooms, storeId, length, recipient);
    const { watched } = call.trace;
    const result = await rooms.hsm.generateRandom({ length, watched, ...(recipient && { recipient }) });
    const { bytes, ciphertextForRecipient } = accept(call, result);
    return { Plaintext: bytes, CiphertextForRecipient: ciphertextForRecipient };
  },
});

async function fromStore(
  call: Call,
  rooms: Rooms,
  storeId: string,
  length: number,
  recipient: Uint8Array | undefined,
) {
  const store = findStore(call.transaction, locationOf(call), storeId);
  const bytes = await randomFromStore(rooms, store, length);
  if (!recipient) return { Plaintext: bytes };
  const { ciphertextForRecipient } = await encloseFor(call, rooms, recipient, bytes);
  return { CiphertextForRecipient: ciphertextForRecipient };
}
