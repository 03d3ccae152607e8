import { authorize } from '../../src/engine/iam/authorize.ts';
import type { AuthorizationRequest, PolicyDocument } from '../../src/engine/iam/types.ts';
import { compare, type Comparison } from './compare.ts';

const accountId = '111122223333';
const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** The evaluator alone: a policy of 1,000 statements against one of 10, and what putting a decision into words costs. */
export async function compareDecisions(): Promise<Comparison[]> {
  const few = request(10);
  const many = request(1000);
  return [
    await compare(
      'Decision over 1,000 statements ÷ over 10',
      {
        subject: { call: async () => authorize(many).allowed },
        baseline: { call: async () => authorize(few).allowed },
      },
      // A call over 1,000 statements takes as long as some hundred others do.
      { calls: 10, rounds: 15 },
    ),
    await compare('Decision over 10 statements with every clause explained ÷ decided only', {
      subject: { call: async () => authorize(few).statements },
      baseline: { call: async () => authorize(few).allowed },
    }),
  ];
}

/** The last statement allows; those before it fail by their condition, which costs the most. */
function request(statements: number): AuthorizationRequest {
  const document: PolicyDocument = {
    Version: '2012-10-17',
    Statement: Array.from({ length: statements }, (_, index) => ({
      Effect: 'Allow' as const,
      Action: ['kms:Encrypt', 'kms:Decrypt'],
      Resource: keyArn,
      Condition: {
        StringEquals: { 'kms:EncryptionContext:dept': index === statements - 1 ? 'IT' : `dept-${index}` },
      },
    })),
  };
  const principal = {
    arn: `arn:aws:iam::${accountId}:user/Ada`,
    accountId,
    type: 'User' as const,
    name: 'Ada',
    principalId: 'AIDAEXAMPLE',
    policies: [{ name: 'Many', document }],
  };
  const accessKey = {
    accessKeyId: 'AKIAEXAMPLE',
    secretAccessKey: '',
    principalArn: principal.arn,
    created: 0,
  };
  return {
    caller: { principal, accessKey, arn: principal.arn },
    action: 'kms:Encrypt',
    resource: keyArn,
    resourceAccountId: accountId,
    resourcePolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
    conditionKeys: { 'kms:EncryptionContext:dept': ['IT'] },
  };
}
