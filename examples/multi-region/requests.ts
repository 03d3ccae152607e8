import type { ExampleRequests } from '../recording/example.ts';

/** Sealed in Virginia, opened in Ireland. A replica takes some seconds to be there. */
export const requests: ExampleRequests = async ({ kms, wait }) => {
  await wait(60);
  const { CiphertextBlob } = await kms('Ada').encrypt({
    KeyId: 'alias/customers',
    Plaintext: new TextEncoder().encode('Customer 4711'),
  });
  await kms('Ada', 'eu-west-1').decrypt({ CiphertextBlob });
};
