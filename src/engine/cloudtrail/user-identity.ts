import { principalIdOf } from '../iam/principal-id.ts';
import type { AccessKey, Caller } from '../iam/types.ts';
import type { JsonValue } from '../trace/trace.ts';
import { awsTime } from './time.ts';

type UserIdentity = { [name: string]: JsonValue };

/** The `userIdentity` element (CloudTrail User Guide, "CloudTrail userIdentity element"). */
export function userIdentity(caller: Caller): UserIdentity {
  const { viaService } = caller.accessKey;
  return { ...identityOf(caller), ...(viaService !== undefined && { invokedBy: viaService }) };
}

function identityOf(caller: Caller): UserIdentity {
  const { principal, accessKey, arn } = caller;
  const { accountId, name } = principal;
  const { accessKeyId } = accessKey;
  const principalId = principalIdOf(caller);
  switch (principal.type) {
    case 'Root':
      return { type: 'Root', principalId, arn, accountId, accessKeyId };
    case 'User':
      return {
        type: 'IAMUser',
        principalId,
        arn,
        accountId,
        accessKeyId,
        userName: name,
        ...(accessKey.sessionToken !== undefined && {
          sessionContext: { attributes: sessionAttributes(accessKey) },
        }),
      };
    case 'Role':
      return {
        type: 'AssumedRole',
        principalId,
        arn,
        accountId,
        accessKeyId,
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            principalId: principal.principalId,
            arn: principal.arn,
            accountId,
            userName: name,
          },
          attributes: sessionAttributes(accessKey),
        },
      };
    case 'Service':
      return { type: 'AWSService', invokedBy: name };
  }
}

/** How another account's trail shows a caller: which account, and an id that only that account can resolve. */
export function foreignIdentity(caller: Caller): UserIdentity {
  const { principal } = caller;
  if (principal.type === 'Service') return identityOf(caller);
  return {
    type: 'AWSAccount',
    principalId: principalIdOf(caller),
    accountId: principal.accountId,
  };
}

function sessionAttributes({ created, mfa = false }: AccessKey): UserIdentity {
  return { creationDate: awsTime(created), mfaAuthenticated: String(mfa) };
}
