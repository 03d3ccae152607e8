import type { Account, AuthorizationRequest, Caller } from '../types.ts';

type Find = (request: AuthorizationRequest) => string[] | undefined;

/**
 * A condition key that follows from who asks, and when, by its name in lower case: AWS's global keys, as far as this
 * cloud has what they speak of (IAM User Guide, "AWS global condition context keys"), kms:CallerAccount and
 * kms:ViaService (KMS Developer Guide, "AWS KMS condition keys"). `undefined` when the request has no such key.
 */
export function globalConditionKey(name: string, request: AuthorizationRequest): string[] | undefined {
  return name.startsWith(tagPrefix)
    ? principalTag(name.slice(tagPrefix.length), request.caller)
    : keys.get(name)?.(request);
}

const tagPrefix = 'aws:principaltag/';

/** Tag keys as parts of a condition key have no case. */
function principalTag(lowerKey: string, { principal }: Caller): string[] | undefined {
  const tags = Object.entries(principal.tags ?? {});
  return one(tags.find(([key]) => key.toLowerCase() === lowerKey)?.[1]);
}

const principalTypes = { Root: 'Account', User: 'User', Role: 'AssumedRole' } as const;

const keys: ReadonlyMap<string, Find> = new Map<string, Find>([
  // Who asks.
  ['aws:principalarn', ofPerson(({ principal }) => principal.arn)],
  ['aws:principalaccount', ofPerson(({ principal }) => principal.accountId)],
  ['kms:calleraccount', ofPerson(({ principal }) => principal.accountId)],
  [
    'aws:principaltype',
    ({ caller: { principal } }) =>
      principal.type === 'Service' ? undefined : [principalTypes[principal.type]],
  ],
  ['aws:userid', ofPerson(userId)],
  ['aws:username', ofPerson(({ principal }) => (principal.type === 'User' ? principal.name : undefined))],
  ['aws:principalorgid', ({ callerAccount }) => organizationId(callerAccount)],
  ['aws:principalorgpaths', ({ callerAccount }) => organizationPath(callerAccount)],

  // How they signed in.
  [
    'aws:multifactorauthpresent',
    ({ caller: { accessKey } }) => one(accessKey.sessionToken && String(accessKey.mfa ?? false)),
  ],
  ['aws:multifactorauthage', multiFactorAge],
  [
    'aws:tokenissuetime',
    ({ caller: { accessKey } }) => one(accessKey.sessionToken && isoSeconds(accessKey.created)),
  ],

  // An AWS service that asks for somebody.
  ['aws:viaawsservice', ({ caller: { accessKey } }) => [String(accessKey.viaService !== undefined)]],
  ['aws:calledvia', calledVia],
  ['aws:calledviafirst', calledVia],
  ['aws:calledvialast', calledVia],
  ['kms:viaservice', viaService],

  // An AWS service that asks for itself.
  ['aws:principalisawsservice', ({ caller }) => [String(isService(caller))]],
  ['aws:principalservicename', ofService(({ principal }) => principal.name)],
  ['aws:principalservicenameslist', ofService(({ principal }) => principal.name)],
  ['aws:sourcearn', ofService(({ accessKey }) => accessKey.sourceArn)],
  ['aws:sourceaccount', ofService(({ accessKey }) => accessKey.sourceAccount)],
  ['aws:sourceorgid', ({ sourceAccount }) => organizationId(sourceAccount)],
  ['aws:sourceorgpaths', ({ sourceAccount }) => organizationPath(sourceAccount)],

  // What they ask for.
  ['aws:resourceaccount', ({ resourceAccountId }) => one(resourceAccountId || undefined)],
  ['aws:resourceorgid', ({ resourceAccount }) => organizationId(resourceAccount)],
  ['aws:resourceorgpaths', ({ resourceAccount }) => organizationPath(resourceAccount)],

  // When and from where.
  ['aws:currenttime', ({ circumstances }) => one(circumstances && isoSeconds(circumstances.time))],
  [
    'aws:epochtime',
    ({ circumstances }) => one(circumstances && String(Math.floor(circumstances.time / 1000))),
  ],
  ['aws:requestedregion', ({ circumstances }) => one(circumstances?.region)],
  // A service's own address says nothing about whom it asks for.
  [
    'aws:sourceip',
    ({ caller, circumstances }) =>
      isService(caller) || caller.accessKey.viaService !== undefined
        ? undefined
        : one(circumstances?.sourceIp),
  ],
  ['aws:useragent', ({ circumstances }) => one(circumstances?.userAgent)],
  // KMS endpoints take no other requests than those over TLS.
  ['aws:securetransport', () => ['true']],
]);

function ofPerson(read: (caller: Caller) => string | undefined): Find {
  return ({ caller }) => (isService(caller) ? undefined : one(read(caller)));
}

function ofService(read: (caller: Caller) => string | undefined): Find {
  return ({ caller }) => (isService(caller) ? one(read(caller)) : undefined);
}

function isService({ principal }: Caller): boolean {
  return principal.type === 'Service';
}

function userId({ principal, accessKey }: Caller): string {
  return principal.type === 'Role'
    ? `${principal.principalId}:${accessKey.sessionName}`
    : principal.principalId;
}

/** Seconds since the second factor was shown, which is when the session was made. */
function multiFactorAge({
  caller: { accessKey },
  circumstances,
}: AuthorizationRequest): string[] | undefined {
  if (!accessKey.mfa || !circumstances) return undefined;
  return [String(Math.floor((circumstances.time - accessKey.created) / 1000))];
}

function calledVia({ caller }: AuthorizationRequest): string[] | undefined {
  return one(caller.accessKey.viaService);
}

/** `s3.us-east-1.amazonaws.com` for `s3.amazonaws.com` */
function viaService({ caller, circumstances }: AuthorizationRequest): string[] | undefined {
  const service = caller.accessKey.viaService?.split('.')[0];
  return service === undefined || !circumstances
    ? undefined
    : [`${service}.${circumstances.region}.amazonaws.com`];
}

function organizationId(account: Account | undefined): string[] | undefined {
  return one(account?.organization?.id);
}

function organizationPath(account: Account | undefined): string[] | undefined {
  return one(account?.organization?.path);
}

function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function one(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value];
}
