import type { KeyUsageType, OriginType } from '@aws-sdk/client-kms';

/** Words of the wizard that makes a key. */
export const createText = {
  lead: 'Spec, usage, origin and Regionality are for the life of the key. Name, description, tags and policy can be changed whenever you like.',
  steps: ['Kind of key', 'Name and tags', 'Who rules it', 'Who uses it', 'Policy', 'Review'],
  stepsLabel: 'Steps',
  step: (step: number, count: number, name: string) => `Step ${step} of ${count}: ${name}`,
  back: 'Back',
  next: 'Next',
  startOver: 'Start over',

  usage: 'What is it for?',
  usages: {
    ENCRYPT_DECRYPT: 'Encrypt and decrypt',
    SIGN_VERIFY: 'Sign and verify',
    GENERATE_VERIFY_MAC: 'Generate and verify MACs',
    KEY_AGREEMENT: 'Key agreement',
    ENCAPSULATE_DECAPSULATE: 'Key encapsulation',
  } satisfies Record<KeyUsageType, string>,
  usageMeans: {
    ENCRYPT_DECRYPT:
      'The usual choice. A symmetric key encrypts data keys for you and for AWS services; an RSA key lets people outside of AWS encrypt to you.',
    SIGN_VERIFY:
      'For documents, code, tokens and certificates. The private key signs in the HSM; anyone verifies with the public key.',
    GENERATE_VERIFY_MAC:
      'For tokens that the same party makes and checks. A symmetric secret; only KMS can verify.',
    KEY_AGREEMENT: 'Two parties derive one secret, each from its private and the other’s public key (ECDH).',
    ENCAPSULATE_DECAPSULATE:
      'Anyone makes a shared secret with the public key; KMS recovers it. ML-KEM withstands quantum computers.',
  } satisfies Record<KeyUsageType, string>,
  spec: 'Key spec',
  specMeans: (spec: string): string => {
    if (spec === 'SYMMETRIC_DEFAULT')
      return 'AES-256-GCM. It never leaves KMS, rotates by itself if you like, and is the only spec that AWS services take.';
    if (spec.startsWith('RSA_'))
      return 'Known everywhere. Longer keys are slower, and 3072 and 4096 bits have a higher price a request and a lower request quota.';
    if (spec === 'ECC_SECG_P256K1') return 'The curve of Bitcoin and other cryptocurrencies.';
    if (spec === 'ECC_NIST_EDWARDS25519') return 'Ed25519: short, quick, deterministic signatures.';
    if (spec.startsWith('ECC_')) return 'Short keys and signatures. P-256 is what most software knows.';
    if (spec.startsWith('HMAC_')) return 'The number is the length of the code in bits, and of the secret.';
    if (spec.startsWith('ML_DSA'))
      return 'Signatures that withstand quantum computers: long ones, 2,420 to 4,627 bytes (FIPS 204).';
    if (spec.startsWith('ML_KEM'))
      return 'Withstands quantum computers (FIPS 203). A higher number is stronger and longer.';
    return 'The curve of Chinese standards; offered in the Regions of China alone.';
  },
  pooled: 'Making an RSA key takes this browser some seconds.',
  origin: 'Where does its key material come from?',
  origins: {
    AWS_KMS: 'KMS makes it',
    EXTERNAL: 'You import it',
    AWS_CLOUDHSM: 'CloudHSM key store',
    EXTERNAL_KEY_STORE: 'External key store',
  } satisfies Record<OriginType, string>,
  originMeans: {
    AWS_KMS: 'Made in the HSM, never seen by anybody, kept durable by KMS. The usual choice.',
    EXTERNAL:
      'You make it elsewhere and bring it. You can delete it at once and bring it back; you must keep a copy, for KMS does not answer for its durability. It does not rotate by itself. The key waits as PendingImport.',
    AWS_CLOUDHSM:
      'Made and kept in a CloudHSM cluster of your own. More control, more work, more cost: cluster down, key down. Symmetric and single-Region only, no automatic rotation.',
    EXTERNAL_KEY_STORE:
      'Stays in a key manager outside of AWS. Each use is a request to it, so its latency and availability are yours to answer for. Symmetric and single-Region only.',
  } satisfies Record<OriginType, string>,
  store: 'Custom key store id',
  storeHint: 'It must be connected. See the page “Custom key stores”.',
  xks: 'External key id',
  regionality: 'Regionality',
  single: 'Single-Region',
  multi: 'Multi-Region',
  singleMeans: 'The material never leaves this Region’s HSMs. The usual choice, and the stricter one.',
  multiMeans:
    'It can be replicated into other Regions, where the same material then decrypts the same ciphertexts. Each replica is a key more to guard and to pay for.',
  notMulti: 'Keys of custom key stores are always single-Region.',
  cost: 'Money: with AWS each customer managed key has a monthly fee (about one US dollar when this was written, pro rata), each replica as well, and the first two rotations add to it; requests are paid by number. Here nothing costs anything. AWS’s price page is what counts.',
  forEver:
    'None of these four can be changed later: another choice is another key, and data must be encrypted anew under it.',

  alias: 'Alias (may be empty)',
  aliasHint:
    'A friendly name, to be pointed at another key one day. After CreateKey it takes a request of its own, CreateAlias.',
  aliasWrong: 'Letters, digits, / _ - only, and not beginning with aws/',
  description: 'Description (may be empty)',
  tags: 'Tags',
  tagName: 'Tag key',
  tagValue: 'Tag value',
  tagAdd: 'Add a tag',
  tagsNote:
    'Tags help to sort costs, and policies may ask for them. Neither alias, description nor tags are secret.',

  administrators: 'Key administrators',
  administratorsMeans:
    'They may change the key’s policy, aliases, tags, rotation and state, not use it for cryptography. But who can change the policy can give that to themselves: choose few.',
  adminsDelete: 'Administrators may schedule this key’s deletion',
  users: 'Key users',
  usersMeans:
    'They may use the key for cryptography, directly and, for symmetric keys, through AWS services by grants. They may not change it.',
  rootNote:
    'The first statement gives the account itself full access. It does not make everybody mighty: it makes IAM policies count for this key, and keeps it from being locked out for ever.',
  iamNote:
    'Somebody whose IAM policy allows it needs not be named here, thanks to that statement. Naming them here allows it even without one.',

  policyAbout: 'Made of your choices, as AWS’s console makes it. Change it if you know what you do.',
  policyChanged: 'You have changed it by hand; choices of the steps before no longer show in it.',
  policyAgain: 'Make it anew from the choices',
  bypass: 'Skip the lockout safety check',
  bypassMeans:
    'KMS refuses a policy by which you could not change the policy again. Without the check a key can become unmanageable for ever; only AWS Support could then help.',

  review: 'What will be asked of KMS',
  reviewAs: (who: string, region: string) => `Signed by ${who}, in ${region}.`,
  cli: 'AWS CLI',
  sdk: 'AWS SDK for JavaScript v3',
  json: 'Request',
  missing: {
    store: 'A key of a custom key store needs the store’s id.',
    xks: 'A key of an external key store needs the external key’s id.',
    alias: 'The alias cannot be called so.',
  },
  create: 'Create key',
  made: (name: string) => `${name} exists.`,
  toKey: 'See the key',
  another: 'Create another',
  toImport: 'Import its key material',
  aliasFailed: 'The key exists, but the alias was refused:',
};
