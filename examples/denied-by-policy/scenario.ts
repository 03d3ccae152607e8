import type { ExampleScenario } from '../recording/example.ts';
import { accountDecides, administrator, policy } from '../recording/policies.ts';

/** Sam's own policy allows everything in KMS. The key's policy forbids decryption to all but Payroll. */
export const scenario: ExampleScenario = {
  accounts: [
    {
      accountId: '111122223333',
      principals: [
        { type: 'User', name: 'Payroll', policies: [administrator] },
        { type: 'User', name: 'Sam', policies: [administrator] },
      ],
      keys: [
        {
          aliases: ['alias/salaries'],
          description: 'Salaries',
          policy: policy(accountDecides('111122223333'), {
            Sid: 'OnlyPayrollDecrypts',
            Effect: 'Deny',
            Principal: '*',
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: {
              ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/Payroll' },
            },
          }),
        },
      ],
    },
  ],
};
