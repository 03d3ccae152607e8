import type { Caller } from '../iam/types.ts';
import type { JsonValue } from '../trace/trace.ts';

/** The `userIdentity` element (CloudTrail User Guide, "CloudTrail userIdentity element"). */
export function userIdentity({ principal, accessKey, arn }: Caller): { [name: string]: JsonValue } {
  const { accountId, principalId, name } = principal;
  const { accessKeyId } = accessKey;
  switch (principal.type) {
    case 'Root':
      return { type: 'Root', principalId, arn, accountId, accessKeyId };
    case 'User':
      return { type: 'IAMUser', principalId, arn, accountId, accessKeyId, userName: name };
    case 'Role':
      return {
        type: 'AssumedRole',
        principalId: `${principalId}:${accessKey.sessionName ?? ''}`,
        arn,
        accountId,
        accessKeyId,
        sessionContext: {
          sessionIssuer: { type: 'Role', principalId, arn: principal.arn, accountId, userName: name },
          attributes: {
            creationDate: `${new Date(accessKey.created).toISOString().slice(0, 19)}Z`,
            mfaAuthenticated: 'false',
          },
        },
      };
  }
}
