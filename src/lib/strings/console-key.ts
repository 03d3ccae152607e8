import { plural } from './console.ts';

/** Words of one key's page in the console. */
export const consoleKeyText = {
  tabs: 'Parts of this key',
  noAlias: 'Key without an alias',
  inGlass: 'See it in the glass',
  copyArn: 'the ARN',
  facts: {
    arn: 'ARN',
    state: 'State',
    description: 'Description',
    spec: 'Key spec',
    usage: 'Key usage',
    algorithms: 'Algorithms',
    origin: 'Origin',
    manager: 'Managed by',
    account: 'Account',
    created: 'Created',
    deletion: 'Will be deleted',
    window: 'Waiting period',
    material: 'Current key material',
    expires: 'Key material expires',
    store: 'Custom key store',
    cluster: 'CloudHSM cluster',
    xks: 'External key id',
    multiRegion: 'Multi-Region',
  },
  useIt: 'Use this key on its bench',
  forEver: 'Spec, usage, origin and Regionality were chosen when the key was made, and cannot be changed.',
  pendingDeletion: (when: string) =>
    `This key waits for its deletion on ${when}. Until then it does no cryptography, and the deletion can be cancelled.`,
  pendingReplicas: (days: number) =>
    `This primary key waits until its last replica is deleted; then its own waiting period of ${days} days begins.`,
  pendingImport: 'This key has no key material, or not all of it: import it on the tab “Key material”.',
  unavailable: 'Its custom key store is disconnected on purpose, so the key cannot be used.',
  disabled:
    'Disabled: nothing can be encrypted, decrypted, signed or verified with it until it is enabled again.',
  byAws: 'AWS manages this key: you may look, and only its service may use it for you.',

  enable: 'Enable',
  disable: 'Disable',
  disableTitle: 'Disable this key',
  disableAbout:
    'From the next request on every cryptographic operation with it is refused with DisabledException. What it encrypted cannot be read meanwhile. AWS services that hold a plaintext data key, such as a mounted EBS volume, go on until they need the key again. Nothing is lost: enabling it brings all back. It still costs its monthly fee, and rotation stops.',
  disableCheck: 'I confirm that this key is to be disabled.',
  schedule: 'Schedule deletion',
  scheduleTitle: 'Schedule the deletion of this key',
  scheduleAbout: (days: number) =>
    `After ${plural(days, 'day')} the key is gone for ever, with all its key material. Nobody, AWS included, can then read what it encrypted: every ciphertext, every encrypted data key, and with them every file, volume and backup below them.`,
  scheduleAsymmetric:
    'Its public key may be out in the world: others can go on encrypting with it what nobody will ever decrypt, and signatures it made can be verified only by those who kept the public key.',
  scheduleMac: 'Codes that it made can never be verified again.',
  scheduleImported:
    'You may have a copy of its key material. A new key with the same material cannot decrypt symmetric ciphertext of this one.',
  schedulePrimary: (replicas: number) =>
    `It is a primary key with ${plural(replicas, 'replica')}: it waits as PendingReplicaDeletion until they are deleted.`,
  scheduleReplica:
    'It is a replica: the related keys in other Regions stay, and can still decrypt what it encrypted.',
  scheduleAlso: 'Its aliases and grants go with it, and its tags and policy. Its key id is never used again.',
  scheduleMeanwhile:
    'During the waiting period it is refused everywhere, costs nothing, and can be saved by cancelling. Watch the audit trail for KMSInvalidStateException: somebody still needs it. To try without it, disable it instead.',
  scheduleLastUse: 'Its last use',
  scheduleDays: 'Waiting period in days, 7 to 30',
  scheduleDaysWrong: 'A whole number from 7 to 30',
  scheduleCheck: (days: number) =>
    `I confirm that this key is to be deleted after a waiting period of ${plural(days, 'day')}.`,
  cancelDeletion: 'Cancel deletion',
  cancelledDeletion: 'The deletion is cancelled. The key is disabled now; enable it to use it.',

  description: 'Description',
  descriptionSave: 'Save description',
  descriptionHint:
    'Up to 8192 characters; not secret: audit records and whoever may describe the key see it.',

  aliasLead: 'Names that point at this key.',
  aliasNone: 'No alias points at this key.',

  grantLead:
    'A grant allows one principal some operations with this key, without a change of policy; AWS services work by them. Grants only allow, and last until they are retired, revoked, or the key is deleted.',
  grantTable: 'Grants',
  grantNone: 'This key has no grants.',
  grantColumns: {
    grantee: 'To whom',
    operations: 'Operations',
    constraints: 'Only if',
    retiring: 'May retire it',
    created: 'Created',
    acts: 'Acts',
  },
  grantCreate: 'Create grant',
  grantee: 'Grantee principal',
  granteeHint: 'ARN of a user, role, session or account',
  retiring: 'Retiring principal (may be empty)',
  grantName: 'Name (may be empty)',
  grantNameHint: 'With a name, the same request again gives the same grant and not another one.',
  operations: 'Operations',
  constraint: 'Constraint',
  constraints: {
    none: 'none',
    EncryptionContextSubset: 'encryption context has at least these pairs',
    EncryptionContextEquals: 'encryption context is exactly these pairs',
  },
  constraintNote:
    'Constraints hold for cryptographic operations with symmetric keys; DescribeKey and RetireGrant pass all the same.',
  grantToken: 'Grant token',
  grantTokenAbout:
    'With AWS a grant may take up to five minutes to be known everywhere; requests that carry this token need not wait. Here it holds at once.',
  endGrant: (act: string, who: string) => `${act}: grant to ${who}`,
  revoke: 'Revoke',
  revokeTitle: 'Revoke this grant',
  revokeAbout: (who: string) =>
    `${who} loses what this grant allows, at once here, and within five minutes with AWS. An AWS service that works by it will fail: an encrypted volume, say, cannot be attached again. Grants that were made under it by its grantee stay. A revoked grant cannot be brought back, only made anew.`,
  retire: 'Retire',
  retireTitle: 'Retire this grant',
  retireAbout:
    'Retiring is for those who are done: its retiring principal, its grantee if the grant allows RetireGrant, or the account that issued it. It ends the grant as revoking does.',

  rotationLead:
    'New key material becomes current for encryption; all earlier material stays for decryption. Key id, ARN, aliases and policy stay the same, and nothing that was encrypted is encrypted anew.',
  rotationOn: (days: number) => `Automatic rotation is on: every ${days} days.`,
  rotationOff: 'Automatic rotation is off.',
  rotationNext: 'Next',
  rotationUnderWay: 'A rotation on demand is under way since',
  rotationPeriod: 'Period in days, 90 to 2560',
  rotationPeriodWrong: 'A whole number from 90 to 2560',
  rotationEnable: 'Turn on',
  rotationChange: 'Change the period',
  rotationChangeNote: 'A new period counts from today on.',
  rotationDisable: 'Turn automatic rotation off',
  rotateNow: 'Rotate now',
  rotateNowAbout:
    'On demand, whatever the calendar says; the calendar stays as it is. KMS allows 25 for the life of a key. Each of the first two rotations of a key adds to its monthly price; later ones do not.',
  rotateNowImported: 'For imported key material: import new material first; the rotation makes it current.',
  rotationTable: 'Key materials and rotations',
  rotationColumns: {
    id: 'Key material id',
    state: 'State',
    type: 'Rotation',
    date: 'Date',
    imported: 'Import',
  },
  first: 'first material',
  noRotations: 'Nothing is listed yet.',

  materialLead:
    'You bring the key material of this key, and you must keep a copy: KMS never gives it back. Only the same bytes open what was encrypted under it.',
  publicLead:
    'Everybody may have it. With it anyone encrypts to this key, or verifies its signatures, without KMS, without credentials and for nothing.',
  publicGet: 'Get the public key',
  publicDer: 'SubjectPublicKeyInfo, DER',
  publicCopy: 'the public key as PEM',
  publicPem: 'Download PEM',
  publicDerFile: 'Download DER',
  publicNote:
    'Outside of KMS nobody checks policies, state or the audit trail: what is encrypted with it after the key is disabled or deleted may never be decrypted.',

  regionsSingle:
    'A single-Region key: its material never leaves the HSMs of this Region, and no other Region can decrypt what it encrypts. This cannot be changed; only a key made as multi-Region can be replicated.',
  regionsLead:
    'Related keys in several Regions with one key id and the same key material, so each decrypts what any of them encrypted. Each is a key of its own with its own policy, grants, aliases, tags, state and price. It is no fail-over: programs choose the Region.',
  regionsTable: 'Related keys',
  regionsColumns: { region: 'Region', role: 'Role', arn: 'ARN' },
  primary: 'primary',
  replica: 'replica',
  elsewhere: (region: string) => `This key is in ${region}`,
  elsewhereAbout: (region: string) =>
    `Requests go to ${region}, where KMS knows nothing of it: a key belongs to one Region.`,
  goToRegion: (region: string) => `Go to ${region}`,
  replicate: 'Replicate',
  replicateTo: 'Region',
  replicateChoose: 'Choose a Region',
  replicateHint: 'One replica a Region.',
  replicateAbout:
    'The sealed key material goes to that Region’s HSMs. Policy, description and tags are given to the replica now and are its own from then on; here it gets the default policy. One more monthly fee.',
  replicateBoundary:
    'Where data must stay in a Region, remember what a replica means: whoever may use it there can decrypt what was encrypted here.',
  replicateDo: 'Replicate into this Region',
  replicated: 'The replica is being created. It takes a moment.',
  updatePrimary: 'Make another Region’s key the primary',
  updatePrimaryAbout:
    'The primary alone can be replicated and rotated, and it cannot be deleted before its replicas. The present primary becomes a replica; both are in the state Updating for a moment.',
  updatePrimaryDo: 'Make it the primary',
  goThere: 'Open in its Region',

  tagLead:
    'Pairs for costs, order and permission: a policy may ask for aws:ResourceTag, so who may tag may open doors. Not secret.',
  tagTable: 'Tags',
  tagNone: 'This key has no tags.',
  tagKey: 'Tag key',
  tagValue: 'Tag value',
  tagAdd: 'Add or replace',
  tagColumns: { key: 'Tag key', value: 'Tag value', acts: 'Acts' },
  tagRemove: (key: string) => `Remove the tag ${key}`,
  tagRemoveAbout: 'Policies that ask for this tag may no longer allow, or no longer deny, what they did.',

  usageLead:
    'When the key was last used for cryptography, as KMS keeps it. A good thing to know before a key is disabled or deleted. Looking at a key, or managing it, is no use.',
  usageNever: 'Not used since tracking began.',
  usage: {
    operation: 'Operation',
    time: 'When',
    event: 'CloudTrail event id',
    request: 'Request id',
    tracking: 'Tracked since',
    created: 'Key created',
  },
  usageTrail: 'What was asked of it, in the audit trail',
};
