import type { CloudTrailRecord } from '$engine/cloudtrail/types.ts';

/** ARN of whoever made the call; a role session's where it was a role. */
export function callerArn({ userIdentity }: CloudTrailRecord): string | undefined {
  return typeof userIdentity['arn'] === 'string' ? userIdentity['arn'] : undefined;
}

/** `Ada`, `Auditor`, `root`: the user's or the role's own name. */
export function callerName(record: CloudTrailRecord): string {
  const [, name, ...rest] = (callerArn(record)?.split(':').slice(5).join(':') ?? '').split('/');
  return name ?? (rest.length === 0 && callerArn(record)?.endsWith(':root') ? 'root' : '');
}

/** The ids of the KMS keys in it, without the ARN before them. */
export const keyIds = ({ resources = [] }: CloudTrailRecord): string[] =>
  resources.map(({ ARN }) =>
    ARN.split(':')
      .slice(5)
      .join(':')
      .replace(/^key\//, ''),
  );
