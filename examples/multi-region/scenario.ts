import type { ExampleScenario } from '../recording/example.ts';
import { administrator } from '../recording/policies.ts';

/** A multi-Region key in Virginia, with a replica in Ireland. */
export const scenario: ExampleScenario = {
  accounts: [
    {
      accountId: '111122223333',
      principals: [{ type: 'User', name: 'Ada', policies: [administrator] }],
      keys: [
        {
          aliases: ['alias/customers'],
          description: 'Customers',
          multiRegion: true,
          replicas: ['eu-west-1'],
        },
      ],
    },
  ],
};
