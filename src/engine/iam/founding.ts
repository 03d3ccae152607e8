import type { Randomness } from '../clock/randomness.ts';
import type { Reader, Transaction } from '../vault/vault.ts';
import { accessKeys, principals } from './tables.ts';
import type { AccessKey, PolicyStatement, Principal } from './types.ts';

/** The account that a new cloud begins with; AWS's own documentation uses this number. */
export const foundingAccountId = '111122223333';

interface Founder {
  name: string;
  type: Principal['type'];
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

/** Writes the principals of a new cloud, each with one access key. `time` in milliseconds since the Unix epoch. */
export function foundPrincipals(
  transaction: Transaction,
  options: { randomness: Randomness; time: number; accountId?: string },
): void {
  const accountId = options.accountId ?? foundingAccountId;
  for (const founder of founders) {
    const principal = principalOf(founder, accountId, options.randomness);
    const accessKey = accessKeyOf(founder, principal.arn, options.time, options.randomness);
    transaction.put(principals, principal.arn, principal);
    transaction.put(accessKeys, accessKey.accessKeyId, accessKey);
  }
}

/** Every access key of the cloud with its principal: the founders in their order, then all others. */
export function credentials(reader: Reader): { principal: Principal; accessKey: AccessKey }[] {
  const rank = ({ name }: Principal) => {
    const index = founders.findIndex((founder) => founder.name === name);
    return index < 0 ? founders.length : index;
  };
  return reader
    .list(accessKeys)
    .flatMap(({ value: accessKey }) => {
      const principal = reader.get(principals, accessKey.principalArn);
      return principal ? [{ principal, accessKey }] : [];
    })
    .sort((one, other) => rank(one.principal) - rank(other.principal));
}

function principalOf(founder: Founder, accountId: string, randomness: Randomness): Principal {
  const { name, type, description, policy } = founder;
  const path = { Root: 'root', User: `user/${name}`, Role: `role/${name}` }[type];
  const principalId = { Root: () => accountId, User: () => id('AIDA'), Role: () => id('AROA') }[type]();
  const document = policy && { Version: '2012-10-17', Statement: [policy.statement] };
  return {
    arn: `arn:aws:iam::${accountId}:${path}`,
    accountId,
    type,
    name,
    principalId,
    policies: policy && document ? [{ name: policy.name, document }] : [],
    description,
  };

  function id(prefix: string): string {
    return prefix + characters(base32, 17, randomness);
  }
}

function accessKeyOf(
  { sessionName }: Founder,
  principalArn: string,
  created: number,
  randomness: Randomness,
): AccessKey {
  return {
    accessKeyId: (sessionName ? 'ASIA' : 'AKIA') + characters(base32, 16, randomness),
    secretAccessKey: characters(base64, 40, randomness),
    ...(sessionName !== undefined && { sessionName, sessionToken: characters(base64, 256, randomness) }),
    principalArn,
    created,
  };
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The alphabets' lengths divide 256, so every character is equally likely. */
function characters(alphabet: string, length: number, randomness: Randomness): string {
  return Array.from(randomness.bytes(length), (byte) => alphabet[byte % alphabet.length]).join('');
}
