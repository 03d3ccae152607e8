import type { Randomness } from '../clock/randomness.ts';
import type { Reader, Transaction } from '../vault/vault.ts';
import { newAccessKey, newPrincipal, type AccessKeyDraft, type PrincipalDraft } from './new-principal.ts';
import { accessKeys, principals } from './tables.ts';
import type { AccessKey, PolicyStatement, Principal } from './types.ts';

/** The account that a new cloud begins with; AWS's own documentation uses this number. */
export const foundingAccountId = '111122223333';

interface Founder {
  name: string;
  type: 'Root' | 'User' | 'Role';
  /** Roles are used through a session of this name. */
  sessionName?: string;
  description: string;
  /** One inline policy; without it the principal may do nothing that a key policy does not grant. */
  policy?: { name: string; statement: PolicyStatement };
}

const founders: readonly Founder[] = [
  {
    name: 'root',
    type: 'Root',
    description: 'The root user of the account: may do everything that no key policy takes away.',
  },
  {
    name: 'Ada',
    type: 'User',
    description: 'The administrator: makes, changes and uses every key, and reads the audit trail.',
    policy: {
      name: 'Administrator',
      statement: {
        Sid: 'AdministerKeys',
        Effect: 'Allow',
        Action: ['kms:*', 'cloudtrail:LookupEvents'],
        Resource: '*',
      },
    },
  },
  {
    name: 'FileVault',
    type: 'Role',
    sessionName: 'app',
    description: 'An application that encrypts and decrypts with the keys it is given, and manages none.',
    policy: {
      name: 'UseKeys',
      statement: {
        Sid: 'UseKeys',
        Effect: 'Allow',
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey', 'kms:ReEncrypt*'],
        Resource: '*',
      },
    },
  },
  {
    name: 'Mallory',
    type: 'User',
    description: 'Has signed in, but no policy allows anything to her.',
  },
  {
    name: 'Auditor',
    type: 'Role',
    sessionName: 'checks',
    description: 'Looks at keys and the audit trail, and can use or change nothing.',
    policy: {
      name: 'ReadOnly',
      statement: {
        Sid: 'ReadOnly',
        Effect: 'Allow',
        Action: ['kms:List*', 'kms:Describe*', 'kms:Get*', 'cloudtrail:LookupEvents'],
        Resource: '*',
      },
    },
  },
];

/** Writes the principals of a new cloud, each with one access key. */
export function foundPrincipals(
  transaction: Transaction,
  options: FoundingOptions & { accountId?: string },
): void {
  const { accountId = foundingAccountId } = options;
  for (const { name, type, description, policy, sessionName } of founders) {
    const document = policy && { Version: '2012-10-17', Statement: [policy.statement] };
    const policies = policy && document ? [{ name: policy.name, document }] : [];
    const accessKey = sessionName === undefined ? {} : { sessionName };
    foundPrincipal(transaction, { name, type, description, policies }, [accessKey], {
      ...options,
      accountId,
    });
  }
}

export interface FoundingOptions {
  randomness: Randomness;
  /** Milliseconds since the Unix epoch. */
  time: number;
}

/** Writes one principal of an account, and its access keys. */
export function foundPrincipal(
  transaction: Transaction,
  draft: PrincipalDraft,
  keys: readonly AccessKeyDraft[],
  options: FoundingOptions & { accountId: string },
): void {
  const principal = newPrincipal(draft, options.accountId, options.randomness);
  transaction.put(principals, principal.arn, principal);
  for (const key of keys) {
    const accessKey = newAccessKey(principal, key, options);
    transaction.put(accessKeys, accessKey.accessKeyId, accessKey);
  }
}

/** Every access key of the cloud with its principal: the founders in their order, then all others by their ARNs. */
export function credentials(reader: Reader): { principal: Principal; accessKey: AccessKey }[] {
  const rank = ({ name, type }: Principal) => {
    const index = founders.findIndex((founder) => founder.name === name && founder.type === type);
    return index < 0 ? founders.length : index;
  };
  return reader
    .list(accessKeys)
    .flatMap(({ value: accessKey }) => {
      const principal = reader.get(principals, accessKey.principalArn);
      return principal ? [{ principal, accessKey }] : [];
    })
    .sort(
      ({ principal: one }, { principal: other }) =>
        rank(one) - rank(other) || (one.arn < other.arn ? -1 : one.arn > other.arn ? 1 : 0),
    );
}
