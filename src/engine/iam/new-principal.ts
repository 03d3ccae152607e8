import type { Randomness } from '../clock/randomness.ts';
import type { AccessKey, Principal } from './types.ts';

/** A principal that is to be made; what is left out follows from the rest or is drawn. */
export type PrincipalDraft = Pick<Principal, 'type' | 'name'> &
  Partial<Pick<Principal, 'policies' | 'boundary' | 'tags' | 'description'>> & {
    /** IAM path, `/` unless told. */
    path?: string;
  };

/** Makes a principal of an account. Root's name is `root`; a service belongs to no account. */
export function newPrincipal(draft: PrincipalDraft, accountId: string, randomness: Randomness): Principal {
  const { path = '/', policies = [], ...rest } = draft;
  const { type, name } = draft;
  const identity = { ...rest, policies };
  switch (type) {
    case 'Root':
      return { ...identity, accountId, arn: `arn:aws:iam::${accountId}:root`, principalId: accountId };
    case 'User':
      return iam('user', 'AIDA');
    case 'Role':
      return iam('role', 'AROA');
    case 'Service':
      return { ...identity, accountId: '', arn: name, principalId: name };
  }

  function iam(kind: string, prefix: string): Principal {
    const arn = `arn:aws:iam::${accountId}:${kind}${path}${name}`;
    return { ...identity, accountId, arn, principalId: prefix + characters(base32, 17, randomness) };
  }
}

/** An access key that is to be made. */
export type AccessKeyDraft = Partial<Omit<AccessKey, 'principalArn' | 'created'>>;

/** Makes an access key; a role's is a session. `time` in milliseconds since the Unix epoch. */
export function newAccessKey(
  { type, arn }: Principal,
  draft: AccessKeyDraft,
  { time, randomness }: { time: number; randomness: Randomness },
): AccessKey {
  const isTemporary = type === 'Role' || draft.sessionToken !== undefined;
  return {
    accessKeyId: (isTemporary ? 'ASIA' : 'AKIA') + characters(base32, 16, randomness),
    secretAccessKey: characters(base64, 40, randomness),
    ...(type === 'Role' && { sessionName: 'session', sessionToken: characters(base64, 256, randomness) }),
    ...draft,
    principalArn: arn,
    created: time,
  };
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The alphabets' lengths divide 256, so every character is equally likely. */
function characters(alphabet: string, length: number, randomness: Randomness): string {
  return Array.from(randomness.bytes(length), (byte) => alphabet[byte % alphabet.length]).join('');
}
