import type { ExampleRequests } from '../recording/example.ts';

export const requests: ExampleRequests = async ({ kms }) => {
  const EncryptionContext = { job: 'nightly', day: '2026-10-01' };
  const { CiphertextBlob } = await kms('Ada').encrypt({
    KeyId: 'alias/reports',
    Plaintext: new TextEncoder().encode('Turnover of the day'),
    EncryptionContext,
  });
  await kms('NightlyReport').decrypt({ CiphertextBlob, EncryptionContext });
};
