import type { ExampleScenario } from '../recording/example.ts';
import { accountDecides, administrator, policy } from '../recording/policies.ts';

/** The key belongs to one account; its policy lets another one use it, and that one's own policy lets Bea. */
export const scenario: ExampleScenario = {
  accounts: [
    {
      accountId: '111122223333',
      name: 'Head office',
      principals: [{ type: 'User', name: 'Ada', policies: [administrator] }],
      keys: [
        {
          keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
          description: 'Shared with the branch',
          policy: policy(accountDecides('111122223333'), {
            Sid: 'TheBranchMayUseIt',
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::444455556666:root' },
            Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: '*',
          }),
        },
      ],
    },
    {
      accountId: '444455556666',
      name: 'Branch',
      principals: [
        {
          type: 'User',
          name: 'Bea',
          policies: [
            {
              name: 'UseTheSharedKey',
              document: policy({
                Sid: 'TheHeadOfficesKey',
                Effect: 'Allow',
                Action: 'kms:Decrypt',
                Resource: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
              }),
            },
          ],
        },
      ],
    },
  ],
};
