import type { InputMode } from '$lib/console/parts/bytes-input.svelte.ts';
import { plural } from './console.ts';

/** Words of the console's benches, where keys are used. */
export const benchText = {
  key: 'Key',
  keyHint: 'Alias, id or ARN; another account’s by its ARN',
  modes: { text: 'Text', base64: 'Base64', hex: 'Hexadecimal', file: 'File' } satisfies Record<
    InputMode,
    string
  >,
  form: (label: string) => `${label}: given as`,
  wrong: { text: '', base64: 'This is not Base64.', hex: 'An even number of hexadecimal digits.', file: '' },
  file: (label: string) => `${label}: file`,
  count: (count: number) => plural(count, 'byte'),
  countOf: (count: number, most: number) =>
    `${plural(count, 'byte')} of at most ${most.toLocaleString('en')}`,
  chosenFile: (name: string) => `From ${name}.`,
  tooLong: (most: number) =>
    `KMS takes ${most.toLocaleString('en')} bytes at most. You can send it all the same, and read what it says.`,
  asText: 'As text',
  copyBase64: 'as Base64',
  saveBytes: 'Save',
  algorithm: 'Algorithm',
  algorithmNone: 'This key is not for this: its key usage is another one.',
  algorithmUntold:
    'You may not describe this key, so say its algorithm yourself: it may be that you can use it all the same.',
  algorithmFirst: 'Name the key first.',
  algorithmFrom: 'What DescribeKey says of this key.',
  watch: 'Watch this request in the glass',

  encryptLead:
    'Encrypt is for small secrets: 4,096 bytes at most, since the data itself travels to KMS and back. For more, encrypt under a data key yourself and let KMS encrypt that key.',
  toEnvelope: 'Files of any size: use an envelope',
  encrypt: 'Encrypt',
  plaintext: 'Plaintext',
  contextHint:
    'Not secret, but bound to the ciphertext: Decrypt needs the very same pairs. It shows in the audit trail.',
  contextSymmetric: 'Only symmetric keys know an encryption context.',
  ciphertext: 'Ciphertext',
  ciphertextBlob: 'CiphertextBlob',
  toDecrypt: 'Put it into Decrypt',
  apart: 'Take it apart in the glass',
  decrypt: 'Decrypt',
  decryptAbout:
    'A symmetric ciphertext names its key; naming it as well is good practice, so that nobody can slip in a ciphertext of another key. For RSA, key and algorithm are needed.',
  decryptKey: 'Key (may be empty for symmetric ciphertext)',
  decryptAlgorithm: 'Algorithm (only for RSA)',
  symmetric: 'SYMMETRIC_DEFAULT, as KMS takes it',
  by: 'Decrypted by',
  under: 'Encrypted under',

  signLead:
    'A signature shows who wrote a message, and that nobody has changed it. The private key signs in the HSM; whoever has the public key verifies, without KMS if they like.',
  message: 'Message',
  messageType: 'What KMS is given',
  messageTypes: {
    RAW: 'RAW: the message, up to 4,096 bytes; KMS hashes it',
    hashed: 'DIGEST: hashed here first, for a message of any length',
    DIGEST: 'DIGEST: the bytes above are a hash already',
    EXTERNAL_MU: 'EXTERNAL_MU: 64 bytes μ, for ML-DSA',
  },
  sign: 'Sign',
  signature: 'Signature',
  verify: 'Verify',
  verified: 'The signature is valid: this key signed this message.',
  verifyNote:
    'Verify never answers “no”: a signature that is not valid is an error, KMSInvalidSignatureException.',

  macLead:
    'A message authentication code shows that a message comes from somebody who may use the same secret key. Unlike a signature, only KMS can verify it, and only who may ask it.',
  mac: 'Code (MAC)',
  macMake: 'Generate MAC',
  macVerify: 'Verify MAC',
  macVerified: 'The code is right: this key made it for this message.',
  macNote: 'VerifyMac never answers “no”: a wrong code is an error, KMSInvalidMacException.',

  dataLead:
    'A data key is for your own cryptography: KMS gives it in plain, to use now and forget, and encrypted under the KMS key, to keep beside the data. KMS keeps neither.',
  dataSpec: 'Data key',
  dataSpecs: { AES_256: 'AES_256: 32 bytes', AES_128: 'AES_128: 16 bytes' },
  generate: 'Generate data key',
  without: 'Generate without plaintext',
  withoutNote:
    'Without plaintext: for a program that encrypts later, or one that only hands keys out and must never see one.',
  plainKey: 'Plaintext data key',
  plainNote: 'Use it and forget it. Nothing of it must be stored.',
  encryptedKey: 'Encrypted data key',
  encryptedNote: 'Store it with the data. Decrypt gives the plaintext key back, to whoever may.',
  more: 'Data key pairs, random bytes, key agreement and key encapsulation have forms of their own:',
};

/** Words of the console's envelopes. */
export const envelopeText = {
  lead: 'A file of any size, encrypted in your browser under a fresh data key. The file never goes to KMS; only the data key does.',
  seal: 'Put a file into an envelope',
  file: 'File',
  sealDo: 'Generate data key and encrypt',
  sealing: 'Encrypting',
  sealed: (name: string, size: string) =>
    `${name} is in an envelope of ${size}. The plaintext data key is forgotten.`,
  open: 'Open an envelope',
  envelope: 'Envelope file',
  openDo: 'Decrypt data key and open',
  opening: 'Opening',
  opened: (name: string, size: string) =>
    `${name}, ${size}, is authentic. The plaintext data key is forgotten.`,
  facts: { key: 'Key', file: 'File', context: 'Encryption context', dataKey: 'Encrypted data key' },
  noFile: 'Choose a file first.',
  noKey: 'Name a key first.',
  download: 'Download',
  cancel: 'Stop',
  contextHint: 'Goes into the envelope in plain, and must be said again to open it.',
  openContextHint: 'As the envelope says it. Change it, and see KMS refuse.',
  stays: 'Envelopes are kept in this browser until the next one takes their place.',
};
