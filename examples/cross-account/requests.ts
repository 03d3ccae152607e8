import type { ExampleRequests } from '../recording/example.ts';

export const requests: ExampleRequests = async ({ kms }) => {
  const { CiphertextBlob } = await kms('Ada').encrypt({
    KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
    Plaintext: new TextEncoder().encode('Prices for autumn'),
  });
  await kms('Bea').decrypt({ CiphertextBlob });
};
