import type { ConditionKeyType } from '$lib/console/policy/knowledge/condition-keys.ts';

/** What jsonc-parser's error codes mean. */
const json: Record<number, string> = {
  1: 'This is not JSON: names and texts stand in double quotes.',
  2: 'This is no number.',
  3: 'A name in double quotes is wanted here. A comma before a closing brace is one too many.',
  4: 'A value is wanted here. A comma before a closing bracket is one too many.',
  5: 'A colon is wanted here.',
  6: 'A comma is wanted here.',
  7: 'A closing brace } is missing.',
  8: 'A closing bracket ] is missing.',
  9: 'The policy is at its end here; what follows is too much.',
  10: 'JSON has no comments.',
  11: 'JSON has no comments.',
  12: 'This text has no closing quote.',
  13: 'This number does not end.',
  14: 'This is no Unicode escape; one looks like \\u00e9.',
  15: 'JSON has no such escape.',
  16: 'This character cannot stand in JSON.',
};

const wanted: Record<ConditionKeyType, string> = {
  String: 'text; use StringEquals or StringLike',
  ARN: 'an ARN; use ArnLike or StringLike',
  Bool: 'true or false; use Bool',
  Numeric: 'a number; use NumericLessThan and its like',
  Date: 'a time; use DateLessThan and its like',
  IP: 'an address; use IpAddress',
};

const meant = (near: string | undefined) => (near === undefined ? '' : ` Did you mean ${near}?`);

/** What the lint says of key policies. */
export const policyLint = {
  json: (code: number) => json[code] ?? 'This is not JSON.',
  repeated: (name: string) =>
    `"${name}" stands here twice in one object. JSON keeps the last; what the first one said is lost.`,
  noVersion:
    'Without "Version": "2012-10-17" the policy is of the older language, in which ${…} are plain characters.',
  oldVersion: 'The language of 2008 knows no policy variables: ${…} are plain characters in it.',
  sameSid: (sid: string, earlier: number) =>
    `Statement ${earlier} is called “${sid}” too. Reports would not tell them apart.`,
  noAction: 'Without Action this statement does nothing. KMS takes it all the same.',
  noResource: 'Without Resource this statement does nothing. Write "Resource": "*", which means this key.',
  resource: (resource: string) =>
    `In a key policy "*" means this key, and no other can be meant. Where "${resource}" is not this key, the statement does nothing.`,
  notResource: 'A key policy is about its own key alone; all but something is not what is meant here.',

  noPrincipal: (value: string, near: string | undefined) =>
    `There is no ${value} in this cloud, so PutKeyPolicy refuses the policy.${meant(near)}`,
  noService: (value: string) => `“${value}” is no service’s name; one looks like s3.amazonaws.com.`,
  anyone:
    'Anyone in any account of AWS, as far as their own account lets them. A Condition has to say who, or from where.',
  wholeAccount:
    'Everybody of the account, whatever their identity policies say, and directly too. kms:ViaService would keep it to requests that a service passes on.',
  anyAccountVia:
    'Anyone in any account of AWS, through that service. Say whose: kms:CallerAccount or aws:PrincipalOrgID.',
  allowAllBut:
    'Allow with NotPrincipal lets everybody in but these: other accounts’ principals as well, and whoever comes later. AWS advises against it.',
  denyAllBut:
    'Deny with NotPrincipal needs the account’s root and each session named too, or it denies them. A Condition on aws:PrincipalArn is plainer.',
  confusedDeputy: (service: string) =>
    `${service} works for whoever tells it to. Say for whose resources: aws:SourceArn or aws:SourceAccount.`,

  noSuchAction: (action: string, near: string | undefined) =>
    `KMS has no action ${action}, so this does nothing.${meant(near)}`,
  otherService: (action: string) => `${action} is no action of KMS: in a key policy it does nothing.`,
  inert: (action: string) =>
    `No key policy is asked about ${action}: it names no key, or the grant says who may. It does nothing here.`,
  notAction: 'Allow with NotAction gives everything else, also what AWS adds later.',
  everything: (name: string) =>
    `All of KMS for ${name}: managing and using the key, and handing both on. AWS advises to keep administrators and users apart.`,
  grantsByHand:
    'Whoever may make grants can let anybody use the key. kms:GrantIsForAWSResource "true" keeps that to AWS services.',

  noSuchKey: (key: string, near: string | undefined) =>
    `There is no condition key ${key}: no request has it.${meant(near)}`,
  elsewhere: (key: string) =>
    `AWS has ${key}; requests in this cloud never do. In the simulator you can say that one has.`,
  wrongOperator: (operator: string, key: string, type: ConditionKeyType) =>
    `${operator} does not fit ${key}, which is ${wanted[type]}.`,
  several: (key: string) =>
    `A request may have several ${key}. Say ForAnyValue: or ForAllValues: before the operator.`,
  forAllValues: (key: string) =>
    `ForAllValues also holds where the request has no ${key} at all. Add "Null": {"${key}": "false"} if it must have some.`,
  plainWildcard: (value: string) =>
    `To StringEquals, * and ? are plain characters. For “${value}” as a pattern use StringLike.`,
  noTruth: (value: string) => `“${value}” is neither true nor false, so nobody can tell whether this holds.`,
  neverBrought: (key: string, only: readonly string[]) =>
    `Requests of these actions never have ${key}. It goes with ${only.join(', ')}.`,
  mfaAbsent:
    'Long-lived access keys have no aws:MultiFactorAuthPresent, so this Deny never meets them. Use BoolIfExists.',

  lockout:
    'Nobody could change this policy any more: no statement allows kms:PutKeyPolicy. Only AWS Support could help.',
  conditionalLockout:
    'Whoever may change this policy may do so under a Condition only. If that can never hold, nobody can change it any more.',
  noRoot: (accountId: string) =>
    `Account ${accountId} is not named, so identity policies give nobody access to this key. If all whom the policy names are deleted, nobody can mend it.`,
};
