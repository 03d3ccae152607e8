import type { ExampleScenario } from '../recording/example.ts';
import { administrator } from '../recording/policies.ts';

/** Ada may use the key for all invoices. */
export const scenario: ExampleScenario = {
  accounts: [
    {
      accountId: '111122223333',
      principals: [{ type: 'User', name: 'Ada', policies: [administrator] }],
      keys: [{ aliases: ['alias/invoices'], description: 'Invoices' }],
    },
  ],
};
