import { integer, string } from '../../declaration/members.ts';
import { AwsError } from '../../errors/aws-error.ts';
import { validationError } from '../errors.ts';
import { recipient } from '../members.ts';
import { accept } from '../module.ts';
import { operation } from '../operation.ts';

/** GenerateRandom: bytes from the module's random bit generator. AWS: KMS API Reference, GenerateRandom. */
export const GenerateRandom = operation('GenerateRandom', {
  readOnly: true,
  accountAction: 'kms:GenerateRandom',
  input: {
    NumberOfBytes: integer({ min: 1, max: 1024 }),
    CustomKeyStoreId: string({ min: 1, max: 64 }),
    Recipient: recipient(),
  },
  check({ NumberOfBytes }) {
    if (NumberOfBytes === undefined) throw validationError('NumberOfBytes is required.');
  },
  async run({ input, call, rooms, recipient }) {
    // There are no custom key stores in this cloud yet, so none can be found.
    if (input.CustomKeyStoreId !== undefined) throw new AwsError('CustomKeyStoreNotFoundException');
    call.audit.resources = [];
    const length = input.NumberOfBytes ?? 0;
    const { watched } = call.trace;
    const result = await rooms.hsm.generateRandom({ length, watched, ...(recipient && { recipient }) });
    const { bytes, ciphertextForRecipient } = accept(call, result);
    return { Plaintext: bytes, CiphertextForRecipient: ciphertextForRecipient };
  },
});
