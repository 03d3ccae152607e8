import fc from 'fast-check';
import type {
  Account,
  AuthorizationRequest,
  Grant,
  NamedPolicy,
  PolicyStatement,
  Principal,
} from '../../src/engine/iam/types.ts';
import { account, caller, document, keyArn, otherAccount, principal } from './support.ts';

/** Requests of every kind, drawn from few values, so that policies and requests often meet. */

const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey'];
const actionPatterns = fc.constantFrom(
  '*',
  'kms:*',
  'kms:?ncrypt',
  'kms:*crypt',
  'KMS:DESCRIBE*',
  ...actions,
);
const resources = [keyArn, `arn:aws:kms:us-east-1:${account}:key/other`];
// Wildcards that end their segment or have no colon to run across: there a plain glob is the rule.
const resourcePatterns = fc.constantFrom(
  '*',
  `arn:aws:kms:us-east-1:${account}:key/*`,
  `${keyArn.slice(0, -1)}?`,
  ...resources,
);
const conditionKeyNames = ['kms:KeySpec', 'kms:EncryptionContextKeys', 'aws:PrincipalTag/team'];
const values = ['a', 'b', '1', '7'];
const service = 's3.amazonaws.com';
const sourceArn = 'arn:aws:s3:::bucket';

const oneOrMore = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));
const maybe = <T>(value: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq });

const awsNames = [
  '*',
  account,
  otherAccount,
  `arn:aws:iam::${account}:root`,
  `arn:aws:iam::${otherAccount}:root`,
  `arn:aws:iam::${account}:user/Ada`,
  `arn:aws:iam::${account}:role/Ada`,
  `arn:aws:iam::${otherAccount}:user/Ada`,
  `arn:aws:iam::${otherAccount}:role/Ada`,
  `arn:aws:sts::${account}:assumed-role/Ada/session`,
  `arn:aws:sts::${otherAccount}:assumed-role/Ada/session`,
  `arn:aws:sts::${account}:assumed-role/Ada/elsewhere`,
];

const conditions = fc.dictionary(
  fc.constantFrom(
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIfExists',
    'ForAllValues:StringEquals',
    'ForAnyValue:StringNotEquals',
  ),
  fc.dictionary(fc.constantFrom(...conditionKeyNames), oneOrMore(fc.constantFrom(...values)), {
    minKeys: 1,
    noNullPrototype: true,
  }),
  { maxKeys: 2, noNullPrototype: true },
);
const otherConditions = fc.oneof(
  oneOrMore(fc.constantFrom('*', 'a', '?')).map((wanted) => ({ StringLike: { 'kms:KeySpec': wanted } })),
  fc.constantFrom('3', '10').map((limit) => ({ NumericLessThan: { 'kms:KeySpec': limit } })),
  fc.constantFrom('true', 'false').map((absent) => ({ Null: { 'kms:KeySpec': absent } })),
  fc
    .tuple(
      fc.constantFrom('aws:PrincipalIsAWSService', 'aws:ViaAWSService'),
      fc.constantFrom('true', 'false'),
    )
    .map(([key, wanted]) => ({ Bool: { [key]: wanted } })),
);

/** A statement that denies in `deny` of ten cases. */
const statement = (deny: number): fc.Arbitrary<PolicyStatement> =>
  fc
    .record({
      isDeny: fc.integer({ min: 1, max: 10 }).map((draw) => draw <= deny),
      action: oneOrMore(actionPatterns),
      notAction: fc.boolean(),
      resource: oneOrMore(resourcePatterns),
      notResource: fc.integer({ min: 0, max: 4 }).map((draw) => draw === 0),
      Condition: maybe(fc.oneof(conditions, otherConditions)),
    })
    .map(({ isDeny, action, notAction, resource, notResource, Condition }) => ({
      Effect: isDeny ? 'Deny' : 'Allow',
      ...(notAction ? { NotAction: action } : { Action: action }),
      ...(notResource ? { NotResource: resource } : { Resource: resource }),
      ...(Condition && { Condition }),
    }));

const who = fc
  .tuple(fc.constantFrom('AWS', 'AWS', 'AWS', 'Service'), oneOrMore(fc.constantFrom(...awsNames)))
  .map(([type, names]) => (type === 'AWS' ? { AWS: names } : { Service: service }));

const keyStatement: fc.Arbitrary<PolicyStatement> = fc
  .tuple(statement(2), who, fc.boolean())
  .map(([rest, element, isNegated]) =>
    // AWS has no Allow with NotPrincipal.
    isNegated && rest.Effect === 'Deny' && !Object.values(element).flat().includes('*')
      ? { ...rest, NotPrincipal: element }
      : { ...rest, Principal: element },
  );

const allowAll: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' };

function named(name: string, statements: PolicyStatement[]): NamedPolicy {
  return { name, document: document(...statements) };
}

const policy = (name: string, deny: number, maxLength = 3) =>
  fc.array(statement(deny), { maxLength }).map((statements) => named(name, statements));

/** Half of them let everything through. */
const guardrail = (name: string) =>
  fc.oneof(
    fc.constant(named(name, [allowAll])),
    fc.tuple(statement(8), fc.boolean()).map(([one, open]) => named(name, open ? [allowAll, one] : [one])),
  );

const levels = fc
  .array(fc.array(guardrail('guardrail'), { maxLength: 2 }), { minLength: 1, maxLength: 3 })
  .map((drawn) =>
    drawn.map((policies) => policies.map((one, index) => ({ ...one, name: `guardrail ${index}` }))),
  );

const rcpLevels = fc.array(statement(10), { minLength: 1, maxLength: 2 }).map((statements) => [
  [
    named(
      'perimeter',
      statements.map((one) => ({ ...one, Principal: '*' })),
    ),
  ],
]);

const accountRecord = (accountId: string): fc.Arbitrary<Account> =>
  fc
    .record({
      isManagement: fc.integer({ min: 0, max: 5 }).map((draw) => draw === 0),
      serviceControlPolicies: maybe(levels),
      resourceControlPolicies: maybe(rcpLevels),
    })
    .map(({ isManagement, serviceControlPolicies, resourceControlPolicies }) => ({
      accountId,
      organization: { id: 'o-x', managementAccountId: isManagement ? accountId : '999999999999' },
      ...(serviceControlPolicies && { serviceControlPolicies }),
      ...(resourceControlPolicies && { resourceControlPolicies }),
    }));

const context = fc.dictionary(fc.constantFrom('dept', 'Dept'), fc.constantFrom('IT', 'HR'), {
  maxKeys: 2,
  noNullPrototype: true,
});

const grant: fc.Arbitrary<Grant> = fc
  .record({
    grantee: fc.constantFrom(service, ...awsNames.slice(1)),
    operations: fc.subarray(['Encrypt', 'Decrypt', 'DescribeKey'], { minLength: 1 }),
    equals: maybe(context),
    subset: maybe(context),
    isSourceBound: fc.integer({ min: 0, max: 5 }).map((draw) => draw === 0),
  })
  .map(({ grantee, operations, equals, subset, isSourceBound }) => ({
    grantId: 'set below',
    ...(grantee === service ? { granteeServicePrincipal: grantee } : { granteePrincipal: grantee }),
    operations,
    constraints: {
      ...(equals && { encryptionContextEquals: equals }),
      ...(subset && { encryptionContextSubset: subset }),
      ...(isSourceBound && { sourceArn }),
    },
  }));

const people = fc
  .record({
    type: fc.constantFrom<Principal['type']>('User', 'User', 'Role', 'Role', 'Root', 'Service'),
    accountId: fc.constantFrom(account, account, otherAccount),
    own: fc.array(statement(2), { maxLength: 3 }),
    boundary: maybe(policy('boundary', 2)),
    sessionPolicies: maybe(fc.tuple(policy('session', 2))),
    team: maybe(fc.constantFrom(...values)),
    viaService: maybe(fc.constant(service)),
  })
  .map(({ type, accountId, own, boundary, sessionPolicies, team, viaService }) => {
    const isPerson = type === 'User' || type === 'Role';
    const name = { Root: 'root', Service: service, User: 'Ada', Role: 'Ada' }[type];
    const made = principal(type, name, isPerson ? own : [], accountId);
    return caller(
      {
        ...made,
        ...(isPerson && boundary && { boundary }),
        ...(isPerson && team !== undefined && { tags: { team } }),
      },
      {
        ...(isPerson && sessionPolicies && { sessionPolicies }),
        ...(isPerson && viaService !== undefined && { viaService }),
        ...(type === 'Service' && { sourceArn }),
      },
    );
  });

export const requests: fc.Arbitrary<AuthorizationRequest> = fc
  .record({
    caller: people,
    // A good part of the policies begins as the default one does.
    isDelegating: fc.boolean(),
    key: maybe(fc.array(keyStatement, { maxLength: 3 }), 6),
    own: maybe(accountRecord(account)),
    other: maybe(accountRecord(otherAccount)),
    grants: fc.array(grant, { maxLength: 3 }),
    isAwsManagedKey: fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0),
    encryptionContext: maybe(context),
    action: fc.constantFrom(...actions),
    resource: fc.constantFrom(...resources),
    conditionKeys: fc.dictionary(
      fc.constantFrom(...conditionKeyNames.slice(0, 2)),
      fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 1 }),
      { noNullPrototype: true },
    ),
    several: fc.subarray(values, { minLength: 1 }),
  })
  .map((drawn): AuthorizationRequest => {
    const { caller, key, own, other, grants, encryptionContext, conditionKeys, several, ...rest } = drawn;
    const { isDelegating, ...request } = rest;
    const { accountId } = caller.principal;
    const callerAccount = { [account]: own, [otherAccount]: other }[accountId];
    // Without a key policy only resources of one's own account are asked for.
    const resourceAccountId = key ? account : accountId;
    const resourceAccount = resourceAccountId === account ? own : other;
    const delegation: PolicyStatement = {
      ...allowAll,
      Principal: { AWS: [account, otherAccount] },
    };
    return {
      ...request,
      caller,
      resourceAccountId,
      ...(key && { resourcePolicy: document(...(isDelegating ? [delegation] : []), ...key) }),
      ...(callerAccount && { callerAccount }),
      ...(resourceAccount && { resourceAccount }),
      ...(key && { grants: grants.map((one, index) => ({ ...one, grantId: `grant ${index}` })) }),
      ...(encryptionContext && { encryptionContext }),
      conditionKeys: {
        ...conditionKeys,
        ...(conditionKeys['kms:EncryptionContextKeys'] && { 'kms:EncryptionContextKeys': several }),
      },
    };
  });
