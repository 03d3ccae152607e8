import type { ExampleRequests } from '../recording/example.ts';

/** The key gets new material; what the old one sealed still opens. */
export const requests: ExampleRequests = async ({ kms, wait }) => {
  const ada = kms('Ada');
  const { CiphertextBlob, KeyId } = await ada.encrypt({
    KeyId: 'alias/ledger',
    Plaintext: new TextEncoder().encode('Balance of last year'),
  });
  await ada.rotateKeyOnDemand({ KeyId });
  await wait(60);
  await ada.decrypt({ CiphertextBlob });
};
