/** Words of the home page. */
export const homeText = {
  title: 'Glass KMS: watch how a secret is kept',
  eyebrow: 'A key-management service with glass walls',
  headline: 'Watch how a secret is kept.',
  lead:
    'Glass KMS is a working model of AWS KMS that runs inside this page, on real keys. Watch every signature, ' +
    'policy decision and byte; stop them, break them, put them right. No account, no bill, no server.',

  input: 'Type something to keep secret',
  placeholder: 'hello',
  how: 'It goes as a signed Encrypt request to your browser’s own KMS, which answers under the key alias/demo.',
  needsScript: 'The demonstration and the glass need JavaScript: the whole service runs in your browser.',

  stages: {
    idle: 'The ciphertext will stand here.',
    starting: 'Starting the cloud in this browser …',
    creating: 'Creating the key alias/demo …',
    encrypting: 'Encrypting …',
  },
  blob: 'Ciphertext blob',
  decrypt: 'Decrypt it',
  change: 'Change a byte',
  restore: 'Undo the change',
  pickHint: 'Or press any byte to change that one.',

  decrypted: 'Decrypt gives back',
  refusedBy: (where: string) => `Stopped by: ${where}.`,
  walk: 'Walk through this request',
  failed: 'That did not work',
  waiting: 'The way of a request, from the client to the HSM and back.',

  lesson: 'Start with lesson 1',
  glass: 'Look through the glass',
};
