const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** Words of the picture of the Regions. */
export const regionsText = {
  waiting: 'Looking at the Regions …',
  failed: 'The Regions cannot be seen now',
  empty: 'This cloud has no key in any Region yet',
  emptyBody: 'Make a multi-Region key below, or a key that stays where it is.',

  map: 'Where the keys are',
  mapLine:
    'Each Region has a domain of HSMs of its own. A key stays behind its walls, unless it was made to be copied.',
  drawing:
    'The Regions side by side, and the families of multi-Region keys across them. The table below says the same.',
  stay: (count: number) => `${plural(count, 'key stays', 'keys stay')} here`,
  noStay: 'no key stays here',
  domain: 'HSM domain',
  noDomain: 'no domain yet',
  primary: 'primary',
  replica: 'replica',
  family: (keyId: string) => `Family ${keyId}`,
  noFamilies: 'There is no multi-Region key yet.',
  more: (count: number) => `and ${count.toLocaleString('en')} more families`,
  table: 'The Regions as a table',
  columns: { key: 'Key', region: 'Region', type: 'Type', state: 'State' },
  single: 'single-Region',

  acts: 'Make, copy, move',
  actsLine: 'By signed CreateKey, ReplicateKey and UpdatePrimaryRegion requests.',
  where: 'Region',
  kind: 'Kind of key',
  multi: 'multi-Region',
  create: 'Create key',
  whichFamily: 'Multi-Region key',
  replicateTo: 'Replica in',
  replicate: 'Replicate',
  newPrimary: 'New primary Region',
  update: 'Change primary',
  replicaComes: 'The replica is Creating for two seconds of the cloud’s time.',
  primaryComes: 'Both keys are Updating for a moment.',

  copying: 'How a key was copied, HSM to HSM',
  copyingLine: (source: string, target: string) =>
    `The real steps of the last ReplicateKey, from ${source} to ${target}.`,
  copyingNone: 'No trace of a ReplicateKey is kept. Replicate a key, and see here how it crosses.',
  noMaterialCopied:
    'The last ReplicateKey copied no material: imported material is imported in each Region by its owner.',
  sends: (things: string[]) =>
    `sends ${things.map((thing) => (thing === 'IV' ? thing : thing.toLowerCase())).join(', ')}`,
  by: { source: 'from', target: 'to', both: 'both' },
  copyTable: 'The steps as a list, with every value',
  copyWatch: 'Watch the whole request in the house',
  copyHonest:
    'In AWS, modules never speak to each other directly: a proxy carries the messages, sealed and signed. Here one program plays the modules of all Regions, and says and checks the same messages.',

  carry: 'Ciphertext carried across',
  carryLine: 'The same bytes, handed to KMS in another Region. It opens them where it has the key.',
  carryKey: 'Encrypted under',
  carryTo: 'Decrypt in',
  encrypt: 'Encrypt a sentence there',
  decrypt: 'Decrypt it over there',
  carryNone: 'First make a symmetric key.',
  carried: (from: string, bytes: number) => `A ciphertext of ${bytes} bytes, made in ${from}.`,
  notYet: 'No ciphertext yet.',
  sentence: 'Carried from Region to Region',
  opened: (text: string) => `It opened: “${text}”`,
  keyLabel: (name: string, region: string, type: string) => `${name} · ${region} · ${type}`,
  carryTable: { where: 'Decrypted in', what: 'What came of it' },
  regionsOfKey: (regions: string[]) => `Its material is in ${regions.join(', ')}.`,
};
