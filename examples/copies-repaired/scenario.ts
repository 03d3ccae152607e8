import type { ExampleScenario } from '../recording/example.ts';
import { administrator } from '../recording/policies.ts';

/** A key whose sealed copies will not all stay where they are. */
export const scenario: ExampleScenario = {
  accounts: [
    {
      accountId: '111122223333',
      principals: [{ type: 'User', name: 'Ada', policies: [administrator] }],
      keys: [{ aliases: ['alias/ledger'], description: 'The ledger' }],
    },
  ],
};
