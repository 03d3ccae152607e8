import type { ExampleRequests } from '../recording/example.ts';

/** Sealed for invoice 17, and brought as if it were that of invoice 18. */
export const requests: ExampleRequests = async ({ kms }) => {
  const ada = kms('Ada');
  const { CiphertextBlob } = await ada.encrypt({
    KeyId: 'alias/invoices',
    Plaintext: new TextEncoder().encode('4,200.00 EUR'),
    EncryptionContext: { invoice: '17' },
  });
  await ada.decrypt({ CiphertextBlob, EncryptionContext: { invoice: '18' } });
};
