/** Words of bringing key material of one's own, in the console. */
export const importText = {
  steps: 'How material comes into KMS',
  step1:
    'KMS makes a wrapping key, an RSA key pair of its own, and an import token that belongs to it; both are good for 24 hours.',
  step2:
    'Here, in your browser, your material is wrapped under that public key. Only KMS’s HSM can unwrap it.',
  step3:
    'Wrapped material and token go back together. The HSM unwraps it and seals it as it seals every key.',
  source: 'Your key material',
  sourceBytes: (bytes: number) => `${bytes} bytes, from a good source of randomness.`,
  sourcePrivate: 'A private key as PKCS #8, from a PEM or DER file.',
  make: 'Make some here',
  makeNote: 'In practice it comes from your own HSM or a trusted generator.',
  file: 'From a file',
  hex: 'In hexadecimal',
  hexWrong: 'An even number of hexadecimal digits',
  have: (bytes: number) => `You have ${bytes} bytes of key material here, in this page alone.`,
  keep: 'Save a copy',
  keepNote: 'Without a copy nobody can bring it back after it has expired or been deleted.',
  algorithm: 'Wrapping algorithm',
  algorithms: {
    RSAES_OAEP_SHA_256: 'RSAES_OAEP_SHA_256: RSA alone, for short material',
    RSAES_OAEP_SHA_1: 'RSAES_OAEP_SHA_1: where a tool knows nothing newer',
    RSA_AES_KEY_WRAP_SHA_256: 'RSA_AES_KEY_WRAP_SHA_256: an AES key between, for long material',
    RSA_AES_KEY_WRAP_SHA_1: 'RSA_AES_KEY_WRAP_SHA_1: the same with SHA-1',
  },
  spec: 'Wrapping key spec',
  type: 'Which material',
  types: {
    '': 'as KMS takes it: the first is new, any other must be known',
    NEW_KEY_MATERIAL: 'NEW_KEY_MATERIAL: another one, current from the next rotation on demand',
    EXISTING_KEY_MATERIAL: 'EXISTING_KEY_MATERIAL: the same again, byte for byte',
  },
  description: 'Description of the material (may be empty)',
  expires: 'Expires after so many days; empty for never',
  expiresWrong: 'A whole number from 1 to 365, or nothing',
  expiresAbout:
    'When it expires KMS deletes the material at once; the key is PendingImport, and works again when the same material is imported.',
  import: 'Get parameters, wrap, import',
  done: 'Imported.',
  wrapped: 'What was sent: the wrapped material',
  parameters: 'Parameters for another program',
  parametersAbout:
    'To wrap outside, with OpenSSL in the terminal say: take the public key and the token, wrap, and import with the form of the operation.',
  get: 'GetParametersForImport',
  publicKey: 'WrappingPublicKey.der',
  token: 'ImportToken.bin',
  deleteMaterial: 'Delete key material',
  deleteTitle: 'Delete the imported key material',
  deleteAbout:
    'At once, without a waiting period: KMS forgets the material, the key is PendingImport, and nothing that it encrypted can be opened until the same material, byte for byte, is imported again. If you have no copy, it is lost for ever.',
  deleteCheck: 'I have a copy of the key material, or do not need what it encrypted.',
  deleteId: 'Key material id (empty: the current one)',
};
