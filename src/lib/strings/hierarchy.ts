import type {
  Effect,
  Level,
  Mishap,
  Reasons,
  Remedy,
  Victim,
} from '$lib/glass/pictures/hierarchy/blast/rules.ts';

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Words of the picture of the key hierarchy. */
export const hierarchyText = {
  waiting: 'Looking at what hangs together …',
  failed: 'The hierarchy cannot be seen now',
  source: 'Which ciphertext',
  from: (what: string) => `Looked at: ${what}`,
  noBlob:
    'These bytes hold no ciphertext of a symmetric KMS key. RSA and SM2 ciphertext does not say which key made it.',
  foreign:
    'No key of this cloud has the material that made this ciphertext. It is from another cloud, or its key has been deleted.',
  noCopy:
    'No zone has a good copy of this backing key left, so no module can open anything below it. Only imported material can come back, from its owner’s own copy.',
  noMaterial: 'This key has no material, so nothing hangs on it.',
  onlyKey:
    'A key is chosen, and no ciphertext: so the chain ends with its backing key. Choose a ciphertext to go on.',
  fromAddress: 'the bytes of this address',

  chain: 'From the domain key down to the data',
  chainLine: 'Each key encrypts the one below it. Choose one to lose or to leak.',
  among: (level: Level, count: number) => {
    const names: Record<Level, [one: string, many: string]> = {
      'domain-key': ['the only domain key of the Region', 'domain keys in the Region'],
      'backing-key': ['the only sealed key under it', 'sealed keys under it'],
      'per-call-key': [
        'the only ciphertext known of this backing key',
        'ciphertexts known of this backing key',
      ],
      'data-key': ['in this ciphertext', 'in this ciphertext'],
      data: ['whatever was encrypted under it', 'whatever was encrypted under it'],
    };
    const [one, many] = names[level];
    return count === 1 ? one : `one of ${count.toLocaleString('en')} ${many}`;
  },
  unknownData: 'outside of KMS, which never sees it',
  perCallId: (nonce: string) => `derived with nonce ${nonce}`,
  dataKeyId: (operation: string | undefined) =>
    operation === undefined ? 'what is inside is for its owner to know' : `made by ${operation}`,
  dataId: (operation: string | undefined) =>
    operation === undefined ? '' : `brought to ${operation} by the client`,
  table: 'The chain as a table',
  columns: { key: 'Key', id: 'Which', lives: 'Where it lives', among: 'Beside it', falls: 'Falls' },
  stateAndMore: (state: string) => `${state.toLowerCase().replaceAll('_', '-')}; `,
  falls: 'falls',
  stands: 'stands',
  lose: 'Lose it',
  leak: 'Leak it',
  loseNamed: (name: string) => `Lose: ${name}`,
  leakNamed: (name: string) => `Leak: ${name}`,
  credentials: 'Or the credentials of somebody who may use the key',
  credentialsLine: (count: number) => `${plural(count, 'principal has', 'principals have')} used it so far.`,

  blast: 'What falls',
  blastNone:
    'Choose a key of the chain to lose or to leak. Nothing is really lost: this is counted, not done.',
  counted: 'Counted from this cloud as it stands; nothing has been done to it.',
  counts: {
    sealedKeys: (count: number) => plural(count, 'sealed key', 'sealed keys'),
    kmsKeys: (count: number) => plural(count, 'KMS key', 'KMS keys'),
    ciphertexts: (count: number) => `${plural(count, 'ciphertext', 'ciphertexts')} whose traces are kept`,
    regions: (regions: string[]) => (regions.length === 0 ? 'no Region' : regions.join(', ')),
  },
  mend: 'What would mend it',
  mendColumns: { remedy: 'Afterwards', effect: 'Does it help', why: 'Why' },
  noMend: 'Nothing falls, so nothing has to be mended.',
};

export const levelNames: Record<Level, string> = {
  'domain-key': 'Domain key',
  'backing-key': 'Backing key',
  'per-call-key': 'Per-call key',
  'data-key': 'Data key',
  data: 'Data',
};

export const levelLives: Record<Level, string> = {
  'domain-key': 'memory of the Region’s HSMs; a new one each day',
  'backing-key': 'in an HSM while it is used; outside only sealed, in three zones',
  'per-call-key': 'memory of one HSM, for one call',
  'data-key': 'memory of the client; encrypted beside the data',
  data: 'where the client keeps it',
};

export const victimNames: Record<Victim, string> = {
  'domain-key': 'the domain key',
  'backing-key': 'the backing key',
  'per-call-key': 'the per-call key',
  'data-key': 'the data key',
  credentials: 'credentials that may use the KMS key',
};

/** What the mishap means, in a sentence or two. */
export const mishapLines: Record<`${Victim} ${Mishap}`, string> = {
  'domain-key lost':
    'All modules of the Region lose their memory. Every backing key that only this domain key has sealed stays shut, and with it all below.',
  'domain-key leaked':
    'Whoever has it needs the sealed keys too, which only the storage layer has. With both, every backing key under it is open, and KMS is asked no more.',
  'backing-key lost':
    'All three sealed copies are gone. What it has encrypted does not open again; other backing keys of the same KMS key still work.',
  'backing-key leaked':
    'The nonce stands in each ciphertext, so its per-call key can be derived by anybody: all that this material ever made is open, without KMS and without a record in the trail.',
  'per-call-key lost':
    'Nothing falls. It is forgotten after every call anyway, and derived anew from the backing key and the nonce.',
  'per-call-key leaked':
    'It opens this one ciphertext, and so the data key inside, and no other: every call has a key of its own.',
  'data-key lost':
    'The encrypted data key is gone, and no plaintext of it is kept. KMS keeps no copy of any data key.',
  'data-key leaked': 'What was encrypted under it is open, as far as somebody has it. No other data key is.',
  'credentials lost': 'Nothing falls. Who may use a key is a matter of policy: make new credentials.',
  'credentials leaked':
    'Whoever has them asks KMS as the owner would: each ciphertext that they hold opens, as long as policy, grants and encryption context allow it. Each call is in the audit trail.',
};

export const remedyNames: Record<Remedy, string> = {
  'rebuild-domain': 'Rebuild the domain from its token',
  'rotate-domain-key': 'Rotate the domain key',
  'rotate-key': 'Rotate the KMS key',
  're-encrypt': 'ReEncrypt the ciphertext',
  'new-data-key': 'Encrypt the data anew, under a new data key',
  disable: 'Disable the KMS key',
  delete: 'Delete the KMS key',
  revoke: 'Change policy and grants, deactivate credentials',
  'own-copy': 'Import your own copy of the material again',
  'other-region': 'Use the related key in another Region',
};

export const effectNames: Record<Effect, string> = {
  mends: 'mends it',
  limits: 'in part',
  nothing: 'no',
  harms: 'does harm',
};

const movesOn =
  'Moves a ciphertext to the new backing key. Copies of the old one, and the data key inside, stay open.';
const safeFromNowOn =
  'With the KMS key rotated first, the data that is stored anew is safe; copies taken before are not.';
const thiefNeedsNoKms = 'The thief asks KMS for nothing, so KMS can refuse nothing.';
const harmful = 'The thief keeps what they have; only the owners can open nothing any more.';
const reEncryptSame = 'It wraps the same data key anew. What is inside has not changed, and is known.';

export const reasons: Reasons = {
  'domain-key lost': {
    'rebuild-domain':
      'A module from the safe, a quorum of operators and the domain token bring every domain key back.',
    'rotate-domain-key':
      'A new domain key seals what comes. To seal the old keys anew, the old one would be needed.',
    'rotate-key': 'A new backing key works from now on. What the old ones made stays shut.',
    're-encrypt': 'It begins with a Decrypt, for which the lost key would be needed.',
    'own-copy': 'The same bytes, imported again, are sealed under another domain key.',
    'other-region': 'There the same material is sealed under that Region’s own domain key.',
  },
  'domain-key leaked': {
    'rotate-domain-key':
      'Sealed keys are sealed anew. Those that were copied before open with the old one still.',
    'rotate-key': 'New ciphertext comes from a backing key that was never under the leaked one.',
    're-encrypt': movesOn,
    'new-data-key': safeFromNowOn,
    disable: thiefNeedsNoKms,
    delete: harmful,
    revoke: thiefNeedsNoKms,
  },
  'backing-key lost': {
    'rebuild-domain':
      'The domain is whole. What is missing is the sealed key, and no token of the domain has it.',
    'rotate-key': 'A new backing key works from now on. What the lost one made stays shut.',
    're-encrypt': 'It begins with a Decrypt, for which the lost key would be needed.',
    'own-copy': 'The same bytes give the same material, so all that it made opens again.',
    'other-region': 'A related key has the same material, with three sealed copies of its own.',
  },
  'backing-key leaked': {
    'rotate-domain-key': 'It seals the same backing key anew; that is known already.',
    'rotate-key': 'New ciphertext comes from a new backing key. The old stays what it is.',
    're-encrypt': movesOn,
    'new-data-key': safeFromNowOn,
    disable: thiefNeedsNoKms,
    delete: harmful,
    revoke: thiefNeedsNoKms,
  },
  'per-call-key lost': {},
  'per-call-key leaked': {
    'rotate-domain-key': 'The per-call key does not depend on it.',
    'rotate-key': 'Other material, other per-call keys; this ciphertext still has the one that is known.',
    're-encrypt': reEncryptSame,
    'new-data-key': 'The data that is stored anew is safe; copies taken before are not.',
    disable: thiefNeedsNoKms,
    delete: harmful,
    revoke: thiefNeedsNoKms,
  },
  'data-key lost': {
    'rotate-key': 'KMS never kept the data key, under any material.',
    're-encrypt': 'There is no ciphertext left to encrypt anew.',
    'new-data-key':
      'Helps for whatever else still has the data in the clear. What is only encrypted stays shut.',
    'own-copy':
      'Your copy is of the backing key. The data key was drawn at random, and is not derived from it.',
  },
  'data-key leaked': {
    'rotate-domain-key': 'The data key does not depend on it.',
    'rotate-key': 'Rotation does not touch data keys that are in use, nor the data under them.',
    're-encrypt': reEncryptSame,
    'new-data-key': 'The data that is stored anew is safe; copies taken before are not.',
    disable: thiefNeedsNoKms,
    delete: harmful,
    revoke: thiefNeedsNoKms,
  },
  'credentials lost': {},
  'credentials leaked': {
    'rotate-domain-key': 'KMS opens for the caller what it can, under whichever domain key.',
    'rotate-key':
      'Old material stays with the KMS key for Decrypt, and KMS opens old ciphertext for this caller as for all.',
    're-encrypt':
      'Under a key that this caller may not use, the new ciphertext is safe. Copies of the old one are not.',
    'new-data-key': 'For data keys that they have had decrypted already; KMS cannot take those back.',
    disable: 'Stops every Decrypt at once, the owners’ too. What was decrypted before stays known.',
    delete: 'Stops them only with its waiting period, and takes all data from its owners for ever.',
    revoke: 'Every further call is refused. What was decrypted before stays known.',
  },
};
