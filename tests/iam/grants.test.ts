import { expect, test } from 'vitest';
import { authorize } from '../../src/engine/iam/authorize.ts';
import type {
  AuthorizationRequest,
  DecidingRule,
  Grant,
  PolicyStatement,
} from '../../src/engine/iam/types.ts';
import { account, ask, caller, document, member, otherAccount, policy, principal } from './support.ts';

const allowAll: PolicyStatement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const decryptOnly: PolicyStatement = { ...allowAll, Action: 'kms:Decrypt' };
const user = `arn:aws:iam::${account}:user/Ada`;
const role = `arn:aws:iam::${account}:role/App`;
const session = `arn:aws:sts::${account}:assumed-role/App/session`;
const stranger = `arn:aws:iam::${otherAccount}:user/Eve`;

const grant = (change: Partial<Grant> = {}): Grant => ({
  grantId: 'f'.repeat(64),
  granteePrincipal: user,
  operations: ['Encrypt'],
  ...change,
});
const to = (granteePrincipal: string, change: Partial<Grant> = {}) => ({
  grants: [grant({ granteePrincipal, ...change })],
});
const app = (...own: PolicyStatement[]) => principal('Role', 'App', own);
const eve = (...own: PolicyStatement[]) => principal('User', 'Eve', own, otherAccount);
const s3 = (sourceArn?: string) =>
  caller(principal('Service', 's3.amazonaws.com'), sourceArn === undefined ? {} : { sourceArn });
const forService = (sourceArn: string): Partial<AuthorizationRequest> => ({
  grants: [
    {
      grantId: 'f'.repeat(64),
      granteeServicePrincipal: 's3.amazonaws.com',
      operations: ['Encrypt', 'RetireGrant'],
      constraints: { sourceArn },
    },
  ],
});
const context = { dept: 'IT', site: 'Bern' };
const equals = (encryptionContextEquals: Record<string, string>): Partial<Grant> => ({
  constraints: { encryptionContextEquals },
});
const subset = (encryptionContextSubset: Record<string, string>): Partial<Grant> => ({
  constraints: { encryptionContextSubset },
});
const bucket = 'arn:aws:s3:::bucket';

type Row = [name: string, request: Partial<AuthorizationRequest>, rule: DecidingRule];
const yes = 'allowed-by-grant';
const no = 'no-key-policy-allows';

const rows: Row[] = [
  ['to the user', to(user), yes],
  ['to another user', to(`${user}x`), no],
  ['for another operation', to(user, { operations: ['Decrypt', 'GenerateDataKey'] }), no],
  ['operations are told apart', { ...to(user), action: 'kms:ReEncryptTo' }, no],
  [
    'half of a ReEncrypt',
    { ...to(user, { operations: ['ReEncryptFrom'] }), action: 'kms:ReEncryptFrom' },
    yes,
  ],
  ['to the role: all its sessions', { ...to(role), caller: caller(app()) }, yes],
  ['to the session', { ...to(session), caller: caller(app()) }, yes],
  ['to another session of the role', { ...to(session), caller: caller(app(), { sessionName: 'other' }) }, no],
  ['to the account, and an identity policy allows', { ...to(account), caller: caller(app(allowAll)) }, yes],
  [
    'to the account, and no identity policy allows',
    { ...to(`arn:aws:iam::${account}:root`), caller: caller(app()) },
    'no-identity-policy-allows',
  ],
  ['to the account, for its root user', { ...to(account), caller: caller(principal('Root', 'root')) }, yes],
  ['to a user of another account: it works by itself', { ...to(stranger), caller: caller(eve()) }, yes],
  [
    'to another account, and its identity policy allows',
    { ...to(otherAccount), caller: caller(eve(allowAll)) },
    yes,
  ],
  [
    'to another account, and no identity policy allows',
    { ...to(otherAccount), caller: caller(eve()) },
    'no-identity-policy-allows',
  ],
  [
    'a Deny in the key policy wins',
    { ...to(user), resourcePolicy: document({ ...allowAll, Effect: 'Deny', Principal: '*' }) },
    'explicit-deny-in-key-policy',
  ],
  [
    'a service control policy that does not allow',
    {
      ...to(user),
      callerAccount: member(account, { serviceControlPolicies: [[policy('D', decryptOnly)]] }),
    },
    'no-service-control-policy-allows',
  ],
  [
    'to the user: the boundary does not limit it',
    {
      ...to(user),
      caller: caller({ ...principal('User', 'Ada'), boundary: policy('B', decryptOnly) }),
    },
    yes,
  ],
  [
    'to the role: the boundary limits it',
    { ...to(role), caller: caller({ ...app(), boundary: policy('B', decryptOnly) }) },
    'no-permissions-boundary-allows',
  ],
  [
    'to the role: session policies limit it',
    { ...to(role), caller: caller(app(), { sessionPolicies: [policy('S', decryptOnly)] }) },
    'no-session-policy-allows',
  ],
  [
    'to the session: session policies do not limit it',
    { ...to(session), caller: caller(app(), { sessionPolicies: [policy('S', decryptOnly)] }) },
    yes,
  ],
  [
    'the key policy goes before a grant',
    { ...to(user), resourcePolicy: document({ ...allowAll, Principal: { AWS: user } }) },
    'allowed-by-key-policy',
  ],
  ['exactly this context', { ...to(user, equals(context)), encryptionContext: context }, yes],
  ['more than this context', { ...to(user, equals({ dept: 'IT' })), encryptionContext: context }, no],
  ['less than this context', { ...to(user, equals(context)), encryptionContext: { dept: 'IT' } }, no],
  ['no context', to(user, equals(context)), no],
  ['at least this context', { ...to(user, subset({ dept: 'IT' })), encryptionContext: context }, yes],
  ['another value', { ...to(user, subset({ dept: 'HR' })), encryptionContext: context }, no],
  ['values have case', { ...to(user, subset({ dept: 'it' })), encryptionContext: context }, no],
  ['keys have case', { ...to(user, subset({ Dept: 'IT' })), encryptionContext: context }, no],
  [
    'a key that every object has is not in the context',
    { ...to(user, subset({ toString: 'x' })), encryptionContext: context },
    no,
  ],
  [
    'DescribeKey has no context',
    { ...to(user, { ...equals(context), operations: ['DescribeKey'] }), action: 'kms:DescribeKey' },
    yes,
  ],
  [
    'RetireGrant has no context',
    { ...to(user, { ...subset(context), operations: ['RetireGrant'] }), action: 'kms:RetireGrant' },
    yes,
  ],
  ['to a service, for its source', { ...forService(bucket), caller: s3(bucket) }, yes],
  ['to a service, for another source', { ...forService(bucket), caller: s3(`${bucket}2`) }, no],
  ['to a service, for no source', { ...forService(bucket), caller: s3() }, no],
  [
    'to another service',
    {
      ...forService(bucket),
      caller: caller(principal('Service', 'ec2.amazonaws.com'), { sourceArn: bucket }),
    },
    no,
  ],
  ['RetireGrant has no source', { ...forService(bucket), caller: s3(), action: 'kms:RetireGrant' }, yes],
  [
    'DescribeKey has a source',
    {
      ...to(user, { operations: ['DescribeKey'], constraints: { sourceArn: bucket } }),
      action: 'kms:DescribeKey',
    },
    no,
  ],
  [
    'one of several is enough',
    { grants: [grant({ operations: [] }), grant({ grantId: 'e'.repeat(64) })] },
    yes,
  ],
];

test.each(rows)('a grant %s', (_name, request, rule) => {
  const decision = authorize(ask({ resourcePolicy: document(), ...request }));
  expect(decision.rule).toBe(rule);
  for (const { parts, matched } of decision.grants) {
    expect(parts.every((part) => part.matched)).toBe(matched);
    for (const { why } of parts) expect(why).toMatch(/^[A-Z].+\.$/);
  }
  const deciding = decision.grants.find(({ grantId }) => grantId === decision.decidedByGrant);
  expect(deciding?.matched).toBe(rule === yes ? true : undefined);
});

test('a grant is shown part by part', () => {
  const one = grant({ name: 'Backup', ...equals({ dept: 'IT' }), operations: ['Decrypt', 'Encrypt'] });
  const decision = authorize(
    ask({ resourcePolicy: document(), grants: [one], encryptionContext: { dept: 'HR' } }),
  );
  expect(decision.grants).toEqual([
    {
      grantId: one.grantId,
      name: 'Backup',
      matched: false,
      parts: [
        { part: 'Grantee', matched: true, wanted: user, found: user, why: 'It is given to Ada.' },
        {
          part: 'Operations',
          matched: true,
          wanted: ['Decrypt', 'Encrypt'],
          found: 'Encrypt',
          why: 'It lists Encrypt.',
        },
        {
          part: 'EncryptionContextEquals',
          matched: false,
          wanted: { dept: 'IT' },
          found: { dept: 'HR' },
          why: 'The encryption context does not have exactly these pairs.',
        },
      ],
    },
  ]);
});

test('the sentence names the grant', () => {
  const named = authorize(ask({ resourcePolicy: document(), ...to(user, { name: 'Backup' }) }));
  expect(named.explanation).toBe('Grant "Backup" allows kms:Encrypt to Ada.');
  const nameless = authorize(
    ask({ resourcePolicy: document(), ...to(account), caller: caller(app(allowAll)) }),
  );
  expect(nameless.explanation).toBe(
    `Grant ffffffff… allows kms:Encrypt to account ${account}, and statement 1 of identity policy "inline" allows it to App.`,
  );
  const halfway = authorize(ask({ resourcePolicy: document(), ...to(account), caller: caller(app()) }));
  expect(halfway.explanation).toBe(
    "Grant ffffffff… leaves the choice to the identity policies of App's account, and none allows kms:Encrypt.",
  );
});
