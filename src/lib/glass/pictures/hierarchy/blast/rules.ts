/**
 * What falls when a key is lost or leaked, and what would and would not mend it (AWS KMS Cryptographic Details, "Key
 * hierarchy", "Rotation", "Deleting keys"; NIST SP 800-57 Part 1, §5.5 and §8.3). One table; the reasons stand in the
 * strings, row by row.
 */

/** From the top of the hierarchy to its foot. */
export const levels = ['domain-key', 'backing-key', 'per-call-key', 'data-key', 'data'] as const;

export type Level = (typeof levels)[number];

/** What may be lost or leaked: any key, or the credentials of somebody who may use the KMS key. */
export const victims = ['domain-key', 'backing-key', 'per-call-key', 'data-key', 'credentials'] as const;

export type Victim = (typeof victims)[number];

/** `lost`: nobody has it any more. `leaked`: somebody else has it, too. */
export type Mishap = 'lost' | 'leaked';

export type Case = `${Victim} ${Mishap}`;

export const remedies = [
  'rebuild-domain',
  'rotate-domain-key',
  'rotate-key',
  're-encrypt',
  'new-data-key',
  'disable',
  'delete',
  'revoke',
  'own-copy',
  'other-region',
] as const;

export type Remedy = (typeof remedies)[number];

/** `limits`: helps with what is still to come, or with a part. `harms`: takes from the owner what the thief keeps. */
export type Effect = 'mends' | 'limits' | 'nothing' | 'harms';

/** Which effect each remedy has, afterwards. A case in which nothing falls needs none. */
export const effects = {
  'domain-key lost': {
    'rebuild-domain': 'mends',
    'rotate-domain-key': 'nothing',
    'rotate-key': 'limits',
    're-encrypt': 'nothing',
    'own-copy': 'mends',
    'other-region': 'mends',
  },
  'domain-key leaked': {
    'rotate-domain-key': 'limits',
    'rotate-key': 'limits',
    're-encrypt': 'limits',
    'new-data-key': 'limits',
    disable: 'nothing',
    delete: 'harms',
    revoke: 'nothing',
  },
  'backing-key lost': {
    'rebuild-domain': 'nothing',
    'rotate-key': 'limits',
    're-encrypt': 'nothing',
    'own-copy': 'mends',
    'other-region': 'mends',
  },
  'backing-key leaked': {
    'rotate-domain-key': 'nothing',
    'rotate-key': 'limits',
    're-encrypt': 'limits',
    'new-data-key': 'limits',
    disable: 'nothing',
    delete: 'harms',
    revoke: 'nothing',
  },
  'per-call-key lost': {},
  'per-call-key leaked': {
    'rotate-domain-key': 'nothing',
    'rotate-key': 'nothing',
    're-encrypt': 'nothing',
    'new-data-key': 'limits',
    disable: 'nothing',
    delete: 'harms',
    revoke: 'nothing',
  },
  'data-key lost': {
    'rotate-key': 'nothing',
    're-encrypt': 'nothing',
    'new-data-key': 'limits',
    'own-copy': 'nothing',
  },
  'data-key leaked': {
    'rotate-domain-key': 'nothing',
    'rotate-key': 'nothing',
    're-encrypt': 'nothing',
    'new-data-key': 'limits',
    disable: 'nothing',
    delete: 'harms',
    revoke: 'nothing',
  },
  'credentials lost': {},
  'credentials leaked': {
    'rotate-domain-key': 'nothing',
    'rotate-key': 'nothing',
    're-encrypt': 'limits',
    'new-data-key': 'limits',
    disable: 'limits',
    delete: 'harms',
    revoke: 'limits',
  },
} as const satisfies Record<Case, Partial<Record<Remedy, Effect>>>;

/** A reason for each entry of the table. */
export type Reasons = {
  readonly [Each in Case]: { readonly [Cure in keyof (typeof effects)[Each]]: string };
};

/** The levels that fall, top first; the victim's own level is among them where it is one. */
export function fallsWith(victim: Victim, mishap: Mishap): Level[] {
  // Derived anew from the nonce in the blob at each Decrypt; and credentials protect nothing by themselves.
  if (mishap === 'lost' && (victim === 'per-call-key' || victim === 'credentials')) return [];
  // With them one asks KMS, which gives data keys and never what is above them.
  if (victim === 'credentials') return ['data-key', 'data'];
  return levels.slice(levels.indexOf(victim));
}

/** What kind of KMS key it is about. */
export interface About {
  /** Its material was imported, so its owner may have a copy. */
  imported: boolean;
  /** Other Regions have the same material. */
  elsewhere: boolean;
}

/** The remedies that are to be had, with what they would do, the best first. */
export function remediesFor(
  victim: Victim,
  mishap: Mishap,
  { imported, elsewhere }: About,
): { remedy: Remedy; effect: Effect }[] {
  const order: Effect[] = ['mends', 'limits', 'nothing', 'harms'];
  const row: Partial<Record<Remedy, Effect>> = effects[`${victim} ${mishap}`];
  return remedies
    .flatMap((remedy) => {
      const effect = row[remedy];
      if (effect === undefined) return [];
      if (remedy === 'own-copy' && !imported) return [];
      if (remedy === 'other-region' && !elsewhere) return [];
      return [{ remedy, effect }];
    })
    .sort((one, other) => order.indexOf(one.effect) - order.indexOf(other.effect));
}
