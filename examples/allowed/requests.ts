import type { ExampleRequests } from '../recording/example.ts';

export const requests: ExampleRequests = ({ kms }) =>
  kms('Billing').encrypt({
    KeyId: 'alias/invoices',
    Plaintext: new TextEncoder().encode('Invoice 17: 4,200.00 EUR'),
    EncryptionContext: { invoice: '17' },
  });
