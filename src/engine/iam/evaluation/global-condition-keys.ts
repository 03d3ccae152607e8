import type { Caller } from '../types.ts';
import type { Question } from './question.ts';

type Find = (question: Question) => string[] | undefined;

const one = (value: string | undefined): string[] | undefined => (value === undefined ? undefined : [value]);

const isoSeconds = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');

/**
 * AWS's global condition keys, by lower-case name, as far as this cloud has what they speak of
 * (IAM User Guide, "AWS global condition context keys").
 */
export const globalConditionKeys: ReadonlyMap<string, Find> = new Map<string, Find>([
  ['aws:principalarn', ({ caller }) => [caller.principal.arn]],
  ['aws:principalaccount', ({ caller }) => [caller.principal.accountId]],
  ['aws:principaltype', ({ caller }) => [principalTypes[caller.principal.type]]],
  ['aws:principalisawsservice', () => ['false']],
  ['aws:userid', ({ caller }) => [userId(caller)]],
  ['aws:username', ({ caller }) => one(caller.principal.type === 'User' ? caller.principal.name : undefined)],
  ['aws:resourceaccount', ({ resourceAccountId }) => [resourceAccountId]],
  // Present with temporary credentials only; nobody in this cloud has a second factor.
  ['aws:multifactorauthpresent', ({ caller }) => one(caller.accessKey.sessionToken && 'false')],
  [
    'aws:tokenissuetime',
    ({ caller }) => one(caller.accessKey.sessionToken && isoSeconds(caller.accessKey.created)),
  ],
  ['aws:currenttime', ({ circumstances }) => one(circumstances && isoSeconds(circumstances.time))],
  [
    'aws:epochtime',
    ({ circumstances }) => one(circumstances && String(Math.floor(circumstances.time / 1000))),
  ],
  ['aws:requestedregion', ({ circumstances }) => one(circumstances?.region)],
  ['aws:sourceip', ({ circumstances }) => one(circumstances?.sourceIp)],
  ['aws:useragent', ({ circumstances }) => one(circumstances?.userAgent)],
  // KMS endpoints take no other requests than those over TLS.
  ['aws:securetransport', () => ['true']],
]);

const principalTypes = { Root: 'Account', User: 'User', Role: 'AssumedRole' } as const;

function userId({ principal, accessKey }: Caller): string {
  return principal.type === 'Role'
    ? `${principal.principalId}:${accessKey.sessionName}`
    : principal.principalId;
}
