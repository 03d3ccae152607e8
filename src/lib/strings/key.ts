import type { KeyAnatomy, MaterialView } from '$engine/look/look.ts';
import type { ArnPartName } from '$lib/glass/pictures/key/name/arn-parts.ts';
import type { MachineState } from '$lib/glass/pictures/key/states/machine.ts';
import type { ImportType } from '$lib/glass/pictures/key/states/import-material.ts';
import type { LifeMark } from '$lib/glass/pictures/key/materials/timeline.ts';

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Words of the picture of one KMS key. */
export const keyText = {
  waiting: 'Looking at the cloud’s keys …',
  failed: 'The keys cannot be seen now',

  choose: 'Keys of this cloud',
  chooseOther: 'Choose another key',
  toStart: 'Make a key, or see all',
  search: 'Search',
  searchHint: 'Alias, id, ARN, description or key spec',
  state: 'State',
  anyState: 'Any',
  region: 'Region',
  anyRegion: 'Any',
  found: (count: number, all: number) =>
    count === all
      ? plural(count, 'key', 'keys')
      : `${count.toLocaleString('en')} of ${plural(all, 'key', 'keys')}`,
  more: (count: number) => `Show ${count.toLocaleString('en')} more`,
  noneFits: 'No key fits.',
  noKeys: 'This cloud has no key yet',
  noKeysBody:
    'Make one, by a signed CreateKey request. Or let the home page, a lesson or any AWS client make it.',
  noSuchKey: 'There is no such key',
  noSuchKeyThen: 'There was no such key then.',
  noSuchKeyNow: 'This cloud has no key with this ARN. It may have been deleted; wind back to see it.',
  pick: 'Choose a key to take it apart.',

  create: 'Create key',
  createTitle: 'Make a key',
  kind: 'Kind of key',
  kinds: {
    symmetric: 'Symmetric: encrypts and decrypts',
    multiRegion: 'Symmetric, multi-Region',
    external: 'Symmetric, with material of your own',
    signing: 'ECC P-256: signs and verifies',
    rsa: 'RSA 2048: encrypts and decrypts',
    hmac: 'HMAC SHA-256: makes MACs',
  },

  arn: 'Its name',
  arnLine: 'An ARN says in which Region and account a key is; policies and audit records name it so.',
  copyArn: 'the ARN',
  description: 'Description',
  facts: {
    spec: 'Key spec',
    usage: 'Usage',
    origin: 'Origin',
    manager: 'Managed by',
    created: 'Created',
    multiRegion: 'Multi-Region',
    lastUsage: 'Last used',
    customKeyStore: 'Custom key store',
  },
  managers: { CUSTOMER: 'customer', AWS: 'AWS' },
  neverUsed: 'never for cryptography, as far as KMS keeps track',
  multiRegionOf: ({ multiRegion }: Pick<KeyAnatomy, 'multiRegion'>) =>
    multiRegion === undefined
      ? 'no: it stays in its Region'
      : `${multiRegion.type === 'PRIMARY' ? 'primary' : 'replica'}; primary in ${multiRegion.primaryRegion}, ${
          multiRegion.replicaRegions.length === 0
            ? 'no replica yet'
            : `replicas in ${multiRegion.replicaRegions.join(', ')}`
        }`,
  toRegions: 'See it among the Regions',
  toStorage: 'See its sealed copies',
  toHierarchy: 'See what hangs on it',

  states: 'Its state',
  statesLine: (state: MachineState) => `It is ${state} now. Numbered ways are open to it; each is a request.`,
  statesLinePast: (state: MachineState) => `It was ${state} then.`,
  stateTable: 'All states as a table',
  stateColumns: { state: 'State', meaning: 'What it means', ways: 'From here' },
  current: 'current',
  drawing: (state: MachineState) =>
    `State machine of the key: eight states and the end. The current state is ${state}. The table below says the same.`,
  waysOn: 'What can bring it into another state',
  noWays: 'AWS manages this key; nobody else brings it into another state.',
  to: (state: MachineState) => `to ${state}`,
  byItself: 'by itself, when its waiting period ends',
  byItselfAt: (time: string) => `by itself on ${time}; the clock at the foot of the page goes there`,
  refusedNow: (error: string) => `refused in this state: ${error}`,
  doIt: 'Send',
  tryIt: 'Send it all the same',
  window: 'Waiting period in days, 7 to 30',
  windowWrong: 'A whole number from 7 to 30',
  newPrimary: 'Which replica is to become the primary key',
  confirm: {
    DisableKey:
      'I confirm that this key is to be disabled. Nothing can be encrypted or decrypted with it until it is enabled again.',
    ScheduleKeyDeletion:
      'I confirm that this key is to be deleted after the waiting period. Data encrypted under it will be lost for ever.',
    DeleteImportedKeyMaterial:
      'I confirm that its key material is to be deleted. The key is of no use until the same material is imported again.',
  } as Record<string, string>,
  material: 'Key material, in hexadecimal',
  materialHint: (bytes: number) =>
    `${bytes} bytes. Keep a copy: KMS never gives it back, and only the same bytes open what was encrypted.`,
  materialWrong: (bytes: number) => `${bytes * 2} hexadecimal digits`,
  drawMaterial: 'Draw random bytes',
  materialElsewhere:
    'Material for this kind of key is a key pair of your own. Import it with the AWS CLI or an SDK against the endpoint.',
  expires: 'Let it expire after so many days; empty for never',
  expiresWrong: 'A number of days from 1 to 365, or nothing',

  life: 'Its material',
  lifeLine: (count: number, rotations: number) =>
    `${plural(count, 'backing key', 'backing keys')} so far, ${plural(rotations, 'rotation', 'rotations')}. New ciphertext comes from the current one; each opens for ever what it made.`,
  lifeDrawing: 'Time line of the key’s material. The table below says the same.',
  lifeScale: 'What is past and what is to come have a scale each.',
  lifeTable: 'Its material as a table',
  lifeColumns: {
    id: 'KeyMaterialId',
    state: 'State',
    since: 'Current since',
    until: 'Until',
    made: 'Ciphertexts',
    copies: 'Sealed copies',
  },
  noCopy:
    'No zone has a good copy of some of its material any more: what was encrypted under that cannot be opened. Material that was imported can be imported again below.',
  noMaterial: 'It has no material: nothing has been imported yet.',
  inKeyStore: 'Its material is in a custom key store, outside of the KMS fleet.',
  marks: {
    created: 'created',
    rotation: 'rotated',
    'next-rotation': 'next rotation',
    expiry: 'material expires',
    deletion: 'key is deleted',
    now: 'now',
  } satisfies Record<LifeMark['kind'], string>,
  then: 'then',
  materialStates: {
    CURRENT: 'current',
    NON_CURRENT: 'opens old ciphertext',
    PENDING_ROTATION: 'waits for its rotation',
    PENDING_MULTI_REGION_IMPORT_AND_ROTATION: 'waits for its import in every Region',
  } satisfies Record<MaterialView['state'], string>,
  gone: 'deleted or expired; only your own copy brings it back',
  ciphertexts: (count: number) => plural(count, 'ciphertext', 'ciphertexts'),
  madeNote: 'Ciphertexts are counted up to now, among the requests whose traces are kept.',
  copy: (zone: string, state: string) => `zone ${zone}: ${state}`,
  importAgain: 'Import material once more',
  importType: 'Which material',
  importTypes: {
    EXISTING_KEY_MATERIAL: 'the same again, byte for byte',
    NEW_KEY_MATERIAL: 'new, current from the next rotation on',
  } satisfies Record<ImportType, string>,
  rotateNow: 'Rotate now',
  rotateOn: 'Turn automatic rotation on',
  rotateOff: 'Turn automatic rotation off',
  period: 'Rotation period in days, 90 to 2560',
  periodWrong: 'A whole number from 90 to 2560',
  rotates: (days: number) => `Rotates by itself every ${days} days.`,
  rotatesNot: 'Does not rotate by itself.',
  onDemand: (count: number) => `Rotated on demand ${plural(count, 'time', 'times')}; KMS allows 25.`,

  aliases: 'Its aliases',
  noAliases: 'No alias points at it.',
  policy: 'Its key policy',
  policyLine: 'Who may do what with it. Without a statement that allows it here, no identity policy counts.',
  policyAsText: 'The policy’s own text',
  policyUnread: 'This policy’s text cannot be taken apart.',
  who: 'Who',
  what: 'May',
  whatDenied: 'May not',
  where: 'If',
  except: 'all but',
  always: 'always',
  grants: 'Its grants',
  grantsLine: 'Permissions given to one principal at a time, mostly by AWS services.',
  noGrants: 'It has no grants.',
  grantTo: (who: string) => `to ${who}`,
  grantRetire: (who: string) => `${who} may retire it`,
  grantContext: (context: string) => `only with the encryption context ${context}`,
  tags: 'Its tags',
  noTags: 'It has no tags.',

  use: 'Who used it',
  useLine: 'From the audit trail, the busiest first.',
  noUse: 'Nobody has asked anything of it yet.',
  useColumns: { who: 'Who', calls: 'Calls', refused: 'Refused', last: 'Last', operations: 'Operations' },
  latest: 'Latest requests whose traces are kept',
  noLatest: 'No trace of a request about it is kept.',
  toTrail: 'All records of the audit trail',
  refused: (error: string) => `refused: ${error}`,

  publicKey: 'Its public key',
  publicKeyLine: 'GetPublicKey gives it to whoever may ask; verifying or encrypting with it needs no KMS.',
  publicKeyBytes: 'SubjectPublicKeyInfo, DER',
  copyPem: 'the public key as PEM',

  coming: 'What is coming',
  nothingComing: 'Nothing will happen to it by itself.',

  shredded: 'This key has been shredded since',
  shreddedBody: (time: string) =>
    `On ${time} its deletion took effect. Its sealed keys have left the storage layer and the journal with it, so the past can be seen here but the key cannot be brought back: no undo, and nobody at AWS, could open what it encrypted.`,
};

export const arnPartNames: Record<ArnPartName, string> = {
  arn: 'prefix',
  partition: 'partition',
  service: 'service',
  region: 'Region',
  account: 'account',
  resource: 'resource type',
  keyId: 'key id',
};

export const arnPartMeanings: Record<ArnPartName, string> = {
  arn: 'Every Amazon Resource Name begins so.',
  partition: 'A family of Regions with accounts of its own; keys never leave it.',
  service: 'AWS Key Management Service.',
  region: 'Its domain of HSMs is here; other Regions do not know this key.',
  account: 'Who owns it, and pays for it.',
  resource: 'A key; aliases have “alias” here.',
  keyId: 'Random, and never used again after a deletion.',
};

export const multiRegionIdMeaning =
  'Begins with mrk-: a multi-Region key, with the same id in each of its Regions.';

export const stateMeanings: Record<MachineState, string> = {
  Enabled: 'Works.',
  Disabled: 'Does no cryptography until somebody enables it.',
  PendingImport: 'Has no material: it waits for you to import some.',
  PendingDeletion: 'Waits to be deleted; does no cryptography. The deletion can still be cancelled.',
  PendingReplicaDeletion: 'A primary key that waits for its last replica to be deleted.',
  Unavailable: 'Its custom key store is disconnected, so its material is out of reach.',
  Creating: 'A replica that is being made.',
  Updating: 'Its primary Region is being changed. Cryptography works.',
  deleted: 'Gone, with all its sealed keys. Nothing that it encrypted can be opened.',
};
