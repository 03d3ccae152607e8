import type { ExampleScenario } from '../recording/example.ts';
import { administrator } from '../recording/policies.ts';

/** No policy lets the worker use the key: one grant does, for one encryption context. */
export const scenario: ExampleScenario = {
  accounts: [
    {
      accountId: '111122223333',
      principals: [
        { type: 'User', name: 'Ada', policies: [administrator] },
        { type: 'Role', name: 'NightlyReport', accessKeys: [{ sessionName: 'night' }] },
      ],
      keys: [
        {
          aliases: ['alias/reports'],
          description: 'Reports',
          grants: [
            {
              name: 'nightly',
              granteePrincipal: 'arn:aws:iam::111122223333:role/NightlyReport',
              operations: ['Decrypt'],
              constraints: { encryptionContextSubset: { job: 'nightly' } },
            },
          ],
        },
      ],
    },
  ],
};
