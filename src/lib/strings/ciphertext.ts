/** A part's name, and one sentence on what it is for. */
type Named = readonly [name: string, meaning: string];
const named = (name: string, meaning: string): Named => [name, meaning];

/** Words of the picture of a ciphertext. */
export const ciphertextText = {
  formats: {
    'kms-blob': 'Ciphertext blob of KMS',
    'encryption-sdk': 'Message of the AWS Encryption SDK',
    envelope: 'File envelope of the lesson',
    unknown: 'Bytes of no format known here',
  },
  unknownFormat:
    'These bytes begin like no ciphertext of KMS, no message of the AWS Encryption SDK, and no file envelope.',
  blobBroken: 'These bytes begin like a ciphertext blob, and then are none.',
  trailing: (count: number) =>
    count === 1 ? 'One byte follows the end.' : `${count.toLocaleString('en')} bytes follow the end.`,

  caught: {
    sdkError: 'Error of the SDK',
    commitment: 'The data key is not the one that the message commits to.',
    headerTag: 'The tag of the header does not match: something in it was changed.',
    frameOrder: 'A frame is not in its place.',
    frameTag: 'The tag of a frame does not match: its content, its number or its length was changed.',
    signature: 'The signature does not match the message.',
    noKmsKey: 'No encrypted data key of the message is for KMS.',
  },

  sdk: {
    header: named('Header', 'What a reader needs before it can open anything. Readable by anyone.'),
    body: named('Body', 'The encrypted content.'),
    footer: named('Footer', 'Closes the message.'),
    version: named('Version', 'Of the message format. Version 2 commits to its data key.'),
    otherVersion: (found: number) => `Version ${found} is none of the format’s.`,
    type: named('Type', 'Customer authenticated encrypted data: the only type there is.'),
    otherType: 'The type is not 80: customer authenticated encrypted data.',
    suite: named('Algorithm suite', 'Which algorithms encrypt, derive, commit and sign.'),
    noSuite: 'no suite of the SDK',
    unknownSuite: (id: number) => `No algorithm suite has the id ${id.toString(16).padStart(4, '0')}.`,
    suiteOfOtherVersion: (suite: string, version: number) =>
      `The suite ${suite} goes with version ${version} of the format.`,
    messageId: named('Message id', 'Drawn for this message. The key that encrypts it is derived with this.'),
    aad: named('Encryption context', 'Authenticated with the header, and given to KMS with each data key.'),
    aadLength: named('Length', 'Of the whole encryption context, in bytes.'),
    otherAadLength: 'The encryption context is not as long as it says.',
    pairCount: named('Count', 'How many pairs follow.'),
    pairKey: named('Key', 'The key of a pair. Not secret.'),
    pairValue: named('Value', 'The value of a pair. Not secret.'),
    lengthOf: (what: string) => `Length of ${what.toLowerCase()}`,
    lengthMeaning: 'How many bytes follow.',
    keyCount: named(
      'Number of data keys',
      'How many times the data key follows, each time encrypted by another key.',
    ),
    noKeys: 'A message without an encrypted data key cannot be opened by anybody.',
    dataKey: [
      (number: number, count: number) => `Encrypted data key ${number} of ${count}`,
      'The data key, encrypted under one wrapping key. Any one of them opens the message.',
    ] as const,
    provider: named('Key provider', 'Who can decrypt this one: aws-kms.'),
    providerInfo: named('Key ARN', 'The KMS key that Decrypt is asked to use.'),
    encryptedKey: named('Encrypted data key', 'A ciphertext blob of KMS.'),
    contentType: named('Content type', '1: in one piece. 2: in frames.'),
    otherContentType: 'The content type is neither 1 nor 2.',
    reserved: named('Reserved', 'Four zero bytes.'),
    reservedUsed: 'The reserved bytes are not zero.',
    ivLength: named('IV length', 'Of every initialization vector in the message, in bytes.'),
    otherIvLength: 'An initialization vector has 12 bytes in every suite.',
    frameLength: named('Frame length', 'Bytes of plaintext in each frame but the last; 0 without frames.'),
    otherFrameLength: 'Frame length and content type contradict each other.',
    commitment: named(
      'Key commitment',
      'Derived from the data key, so that no other data key can open this message.',
    ),
    headerIv: named('Header IV', 'Initialization vector of the header’s tag.'),
    headerTag: named('Header tag', 'Matches only if no byte of the header was changed.'),
    frame: [
      (number: number) => `Frame ${number}`,
      'As many bytes as the header says, and their tag.',
    ] as const,
    finalFrame: [
      (number: number) => `Frame ${number}, the final one`,
      'What is left, and its tag. Without it the message has been cut short.',
    ] as const,
    sequence: named('Sequence number', 'Frames count from 1. The tag holds the number, too.'),
    finalMark: named('Final frame mark', 'ffffffff: this is the last frame.'),
    contentLength: named('Content length', 'How many bytes of ciphertext follow the IV.'),
    iv: named('IV', 'Initialization vector of AES-GCM for this content.'),
    content: named('Ciphertext', 'The content, encrypted under the key derived from the data key.'),
    tag: named('Tag', 'Matches only if this content, its place and its length are as they were.'),
    signature: named(
      'Signature',
      'ECDSA over every byte before the footer. Its public key stands in the context.',
    ),
  },

  envelope: {
    magic: named('Magic', 'GLASSENV: a file envelope.'),
    version: named('Version', 'Of the envelope’s format.'),
    otherVersion: (found: number) => `Version ${found} is none that this reader knows.`,
    headerLength: named('Header length', 'In bytes: 32 bits, big-endian.'),
    header: named(
      'Header',
      'JSON: key ARN, encrypted data key, encryption context, name and size of the file.',
    ),
    malformed: 'The header is not the JSON that the format describes.',
    noncePrefix: named('Nonce prefix', 'Drawn for this file. Each chunk’s nonce begins with it.'),
    chunk: [
      (number: number, count: number) => `Chunk ${number} of ${count}`,
      'A piece of the file, sealed in its own place.',
    ] as const,
    content: named('Ciphertext', 'A piece of the file, encrypted under the data key.'),
    tag: named(
      'Tag',
      'Matches only if the chunk, its place and everything before the chunks are as they were.',
    ),
  },
};
