import type { ExampleRequests } from '../recording/example.ts';

/** Two zones lose their copies of the sealed key; whoever needs it next puts that right. */
export const requests: ExampleRequests = async ({ kms, operate }) => {
  const ada = kms('Ada');
  const { CiphertextBlob } = await ada.encrypt({
    KeyId: 'alias/ledger',
    Plaintext: new TextEncoder().encode('Balance of the year'),
  });
  await operate({ act: 'LoseCopies', zones: ['a', 'b'] });
  await ada.decrypt({ CiphertextBlob });
};
