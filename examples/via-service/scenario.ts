import type { ExampleScenario } from '../recording/example.ts';
import { policy } from '../recording/policies.ts';

/**
 * Ada stores an object in S3, and S3 calls KMS for her: a forward access session, whose credentials the scenario
 * hands out. The key is the AWS managed one for S3; nobody can use it directly.
 */
export const scenario: ExampleScenario = {
  accounts: [
    {
      accountId: '111122223333',
      principals: [
        {
          type: 'User',
          name: 'Ada',
          policies: [
            {
              name: 'Objects',
              document: policy({
                Sid: 'StoreObjects',
                Effect: 'Allow',
                Action: ['s3:PutObject', 's3:GetObject'],
                Resource: 'arn:aws:s3:::invoices/*',
              }),
            },
          ],
          accessKeys: [{ viaService: 's3.amazonaws.com' }],
        },
      ],
    },
  ],
};
