import type { ExampleScenario } from '../recording/example.ts';
import { administrator } from '../recording/policies.ts';

/** Ada administers one key, and uses it. */
export const scenario: ExampleScenario = {
  accounts: [
    {
      accountId: '111122223333',
      principals: [{ type: 'User', name: 'Ada', policies: [administrator] }],
      keys: [{ aliases: ['alias/archive'], description: 'The archive' }],
    },
  ],
};
