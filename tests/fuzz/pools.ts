import type { Dice } from './dice.ts';

/** Remembers what replies said, by the names of the members, so that later requests can speak of it. */
export interface Pools {
  learn(reply: unknown): void;
  /** Something that a member of this name could hold. */
  pick(name: string, dice: Dice): string | undefined;
  /** A key of this usage, or of any: what is known of it, by the names of the members that would fit it. */
  key(usage: string | undefined, dice: Dice): Fit | undefined;
}

/** Member names, and what they may hold for one key. */
export type Fit = Record<string, readonly string[]>;

const size = 60;

/** Members that hold the same kind of thing under several names. */
const kin: Record<string, readonly string[]> = {
  KeyId: ['Arn', 'KeyId', 'KeyId', 'AliasName'],
  TargetKeyId: ['KeyId', 'Arn'],
  SourceKeyId: ['KeyId', 'Arn'],
  DestinationKeyId: ['KeyId', 'Arn'],
  GrantTokens: ['GrantToken'],
  Marker: ['NextMarker'],
  NextToken: ['NextToken'],
  EncryptedKeyMaterial: ['CiphertextBlob'],
};

interface Metadata {
  Arn: string;
  KeyId: string;
  KeyUsage: string;
  EncryptionAlgorithms?: string[];
  SigningAlgorithms?: string[];
  MacAlgorithms?: string[];
}

export function pools(): Pools {
  const values = new Map<string, string[]>();
  const keys: Metadata[] = [];
  let newest = 0;

  function learn(reply: unknown, name = ''): void {
    if (typeof reply === 'string') {
      const known = values.get(name) ?? [];
      values.set(name, known);
      if (known.length < size) known.push(reply);
      // Newer ones take the places of others, by a number that follows from the value, so that runs repeat.
      else known[reply.length % size] = reply;
    } else if (Array.isArray(reply)) {
      for (const item of reply) learn(item, name);
    } else if (typeof reply === 'object' && reply !== null) {
      if ('KeySpec' in reply && 'Arn' in reply)
        keys[keys.length < size ? keys.length : newest++ % size] = reply as unknown as Metadata;
      for (const [inner, value] of Object.entries(reply)) learn(value, inner);
    }
  }

  return {
    learn,
    pick(name, dice) {
      const known = values.get(dice.oneOf(kin[name] ?? [name]));
      return known && known.length > 0 ? dice.oneOf(known) : undefined;
    },
    key(usage, dice) {
      const fit = usage === undefined ? keys : keys.filter(({ KeyUsage }) => KeyUsage === usage);
      if (fit.length === 0) return undefined;
      const { Arn, KeyId, EncryptionAlgorithms, SigningAlgorithms, MacAlgorithms } = dice.oneOf(fit);
      const names = [Arn, KeyId];
      return {
        ...{ KeyId: names, TargetKeyId: names, SourceKeyId: names, DestinationKeyId: names },
        ...(EncryptionAlgorithms && { EncryptionAlgorithm: EncryptionAlgorithms }),
        ...(SigningAlgorithms && { SigningAlgorithm: SigningAlgorithms }),
        ...(MacAlgorithms && { MacAlgorithm: MacAlgorithms }),
      };
    },
  };
}
