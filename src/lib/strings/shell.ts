/** Words around every page: header, footer, the cloud's state, and letting go of it. */
export const shellText = {
  name: 'Glass KMS',
  description:
    'A working model of AWS KMS that runs in your browser, on real keys. Watch every signature, policy decision and byte.',
  skip: 'Skip to the content',
  mainNavigation: 'Main',
  home: 'Glass KMS, home',
  lessons: 'Lessons',
  playground: 'Playground',
  glass: 'Glass',
  trail: 'Trail',

  theme: { auto: 'Theme: as the system has it', light: 'Theme: light', dark: 'Theme: dark' },

  cloud: 'This cloud',
  cloudTitle: 'This cloud',
  cloudStates: {
    asleep: 'Asleep. It starts when something needs it.',
    starting: 'Starting …',
    failed: 'It could not be started.',
  },
  lives: 'Where it lives',
  madeFrom: 'Made from',
  seeded: (seed: string) => `The seed “${seed}”. Nothing in it is secret.`,
  durable: 'In this browser (IndexedDB). A reload keeps it.',
  memory: 'In this page’s memory. A reload forgets it.',
  keys: 'KMS keys',
  records: 'Audit records',
  principals: 'Who can act',
  saveBackup: 'Save a backup …',
  restoreBackup: 'Restore from a backup …',
  reset: 'Reset this cloud …',

  resetTitle: 'Reset this cloud?',
  resetLoses: 'This cannot be undone. Lost for good are:',
  resetKeys: (keys: number) =>
    keys === 0
      ? 'KMS keys: there are none yet'
      : keys === 1
        ? 'the one KMS key, and with it everything that was encrypted under it'
        : `all ${keys.toLocaleString('en')} KMS keys, and with them everything that was encrypted under them`,
  resetUnknownKeys: 'all KMS keys, and with them everything that was encrypted under them',
  resetRecords: (records: number) =>
    `${records === 1 ? 'the one record' : `all ${records.toLocaleString('en')} records`} of the audit trail`,
  resetUnknownRecords: 'the audit trail',
  resetPrincipals: 'the access keys of its users and roles; new ones are made',
  resetKeeps: 'Files that you saved stay where they are, but nothing will open their envelopes again.',
  resetWith: 'Begin with a seed or a scenario',
  seed: 'Seed',
  seedHint:
    'For a class: clouds made from the same seed give the same keys and bytes for the same steps. Nothing in such a cloud is secret. Left empty, everything is drawn at random.',
  scenario: 'Scenario file',
  scenarioHint:
    'Accounts, principals, policies and keys that the new cloud begins with, as JSON. Share in the playground saves those of this one.',
  scenarioTooLarge: 'A scenario has at most 1 MB.',
  scenarioFound: ({ accounts, principals, keys }: Record<'accounts' | 'principals' | 'keys', number>) =>
    `${accounts === 1 ? 'One account' : `${accounts} accounts`}, ${principals === 1 ? 'one principal' : `${principals} principals`} and ${keys === 1 ? 'one key' : `${keys} keys`}.`,
  scenarioRefused: 'It begins without this file:',
  resetDo: 'Reset',
  resetSave: 'Save and reset',
  resetBusy: 'Resetting …',
  cancel: 'Keep it',
  resetFailed: 'It was not reset:',

  seedStrip: (seed: string) =>
    `This cloud is made from the seed “${seed}”: its keys and bytes repeat wherever the same steps are taken, and none of them is secret.`,

  troubleTitle: 'Your cloud has a problem',
  memoryTitle: 'Nothing lasts here',
  retry: 'Try again',
  exportAndReset: 'Export and reset …',
  exportExplains:
    'Before that, a file with what can still be read is saved to your downloads: audit records and public state, no key material.',

  footer: {
    local: 'Nothing leaves this machine: the whole service runs in your browser.',
    aws: 'A model for learning, not AWS, and not affiliated with it. Where it differs, a page says so.',
    licence: 'MIT licence.',
  },

  notFound: 'There is no such page.',
  failed: 'Something went wrong.',
  toHome: 'To the home page',
};
