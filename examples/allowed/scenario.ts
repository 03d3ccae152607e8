import type { ExampleScenario } from '../recording/example.ts';
import { policy } from '../recording/policies.ts';

/** Billing may encrypt and decrypt; the key policy leaves that to the account. */
export const scenario: ExampleScenario = {
  accounts: [
    {
      accountId: '111122223333',
      principals: [
        {
          type: 'User',
          name: 'Billing',
          policies: [
            {
              name: 'InvoiceCrypto',
              document: policy({
                Sid: 'EncryptInvoices',
                Effect: 'Allow',
                Action: ['kms:Encrypt', 'kms:Decrypt'],
                Resource: 'arn:aws:kms:us-east-1:111122223333:key/*',
              }),
            },
          ],
        },
      ],
      keys: [{ aliases: ['alias/invoices'], description: 'Invoices' }],
    },
  ],
};
