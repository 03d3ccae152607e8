import type { ExampleRequests } from '../recording/example.ts';

/** A key that waits for its deletion can do nothing any more, not even for those who may use it. */
export const requests: ExampleRequests = async ({ kms }) => {
  const ada = kms('Ada');
  const { CiphertextBlob, KeyId } = await ada.encrypt({
    KeyId: 'alias/archive',
    Plaintext: new TextEncoder().encode('Minutes of 1998'),
  });
  await ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  await ada.decrypt({ CiphertextBlob });
};
