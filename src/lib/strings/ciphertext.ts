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

  fromLink: 'from the address',
  fromPaste: 'pasted',
  madeNow: 'made just now',
  madeBy: (operation: string, who: string) => `made by ${operation} of ${who}`,
  badLink: 'The bytes in the address of this page are no base64.',
  tooLong: (length: number, most: number) =>
    `${length.toLocaleString('en')} bytes are too many: at most ${most.toLocaleString('en')} are taken apart here.`,
  unreadableFile: 'The file cannot be read.',
  emptyFile: 'The file is empty.',
  noBytes: 'This is neither base64 nor hexadecimal.',

  bring: 'Other bytes: paste them, or drop a file anywhere here',
  paste: 'Base64 or hexadecimal',
  pasteHint:
    'A ciphertext blob, an Encryption SDK message or a file envelope; also JSON that the AWS CLI printed.',
  read: 'Take it apart',
  file: 'Or a file',
  madeHere: 'A ciphertext that this cloud has made',
  choose: 'Choose one',
  maker: (operation: string, who: string, key: string | undefined, time: number) =>
    [operation, who, key && `key ${key}…`, new Date(time).toISOString().slice(0, 16).replace('T', ' ')]
      .filter(Boolean)
      .join(' · '),
  noneYet: 'This cloud has made no ciphertext yet, or no longer has its trace.',
  make: 'Make one now',
  makeable: { 'kms-blob': 'Blob', 'encryption-sdk': 'Encryption SDK message', envelope: 'File envelope' },
  making: 'Making it …',
  exampleKey: 'For looking at ciphertext',
  exampleFile: 'note.txt',
  exampleSentence: 'The spare key is under the third flowerpot.',
  exampleContext: { purpose: 'anatomy', shelf: '3' },
  gone: 'The trace of that request is no longer kept, and with it the ciphertext is gone.',

  around: 'What these bytes were taken out of',
  notInAddress: 'too long for the address of this page',
  about: {
    'kms-blob': [
      'What Encrypt, GenerateDataKey and ReEncrypt answer with for a symmetric key. AWS calls it opaque and does not publish its layout; what stands here can be seen in AWS’s own blobs, up to the content, whose inside is ours.',
      'It names its key material, so that Decrypt needs no KeyId. It holds no plaintext, no key, and no encryption context: whoever decrypts has to bring the very same context again.',
    ],
    'encryption-sdk': [
      'What the AWS Encryption SDK makes: a data key encrypts the content in your own program, and travels with it, encrypted by KMS, in the header.',
      'The layout is published by AWS. Version 2 commits to its data key; signed suites end in a signature over everything before.',
      'The page does not carry the SDK. A message that is made here is written by the published format, and the SDK opens it.',
    ],
    envelope: [
      'What the lesson on envelope encryption makes out of a file: a header that anyone can read, with the encrypted data key in it, and the file in sealed chunks. The format is this project’s own.',
    ],
    unknown: [
      'Ciphertext blobs begin with 01 02 02 00 78, messages of the Encryption SDK with 01 80 or 02 and the id of an algorithm suite, file envelopes with GLASSENV. RSA ciphertext has no layout at all.',
    ],
  },

  bytes: 'The bytes',
  field: (format: string) => `${format}, byte by byte`,
  keys: 'Click a byte, or use the arrow keys. Page Up and Down: part by part. Space turns its lowest bit over; Enter tries it.',
  byteAt: (offset: number) => `Byte ${offset.toLocaleString('en')}`,
  lookInside: 'Look inside',
  parts: 'Every part',
  columns: {
    part: 'Part',
    bytes: 'Bytes',
    value: 'What it is, and its value',
    tried: 'Tried',
    caughtBy: 'Caught by',
    error: 'Error',
  },
  andMore: (hex: string, count: number) => `${hex} … and ${count.toLocaleString('en')} more`,

  originTitle: 'Which key, and what opens it',
  facts: {
    key: 'KMS key',
    state: 'Key state',
    material: 'Key material',
    openable: 'Sealed key',
    madeBy: 'Made by',
    context: 'Context',
  },
  unknownKey: 'No key of this cloud has this material.',
  openable: 'A good copy of it is stored: the module could open this.',
  notOpenable: 'No good copy of it is left: nothing opens this any more.',
  made: (operation: string, time: number) =>
    `${operation}, ${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
  noContext: 'None: it opens without.',
  unknownContext: 'Not in the blob, and nobody here remembers it.',
  noBlob: 'KMS would take these bytes for no ciphertext blob.',
  insideKey: 'Data key, encrypted under',
  insideContext: 'with',

  flipTitle: 'Turn over a bit',
  flipAbout: {
    'kms-blob': [
      'The blob, changed or whole, is sent to Decrypt as a request signed by whoever you act as. It shows in the glass and in the audit trail like any other.',
    ],
    'encryption-sdk': [
      'The message is opened here as the SDK opens it, check by check in its order: read it, have KMS decrypt the data key (a signed request), compare the commitment, then the tag of the header, each frame, and the signature. What comes out is wiped.',
      'Published rules of the SDK, carried out by this page; the SDK itself would stop at the same check, in its own words.',
    ],
    envelope: [
      'The envelope is opened by the same reader as in the lesson: header, data key by Decrypt (a signed request), then chunk after chunk. What comes out is wiped.',
    ],
    unknown: [],
  },
  cannotTry: 'These bytes are not whole, so there is nothing to open.',
  bit: (bit: number, value: number) => `Bit ${bit}, now ${value}`,
  tryFlipped: 'Try to open it so',
  tryWhole: 'Open it unchanged',
  mend: 'Turn it back',
  flipped: (bit: number, byte: number, part: string) =>
    `Bit ${bit} of byte ${byte} (${part}) was turned over.`,
  whole: 'Nothing was turned over.',
  openedWhole: 'It opened',
  openedChanged: 'It opened, although it was changed',
  caughtBy: (where: string) => `Refused: ${where}`,
  watch: 'See the step that refused',

  mapTitle: 'Who catches which byte',
  mapAbout: [
    'Turns over the lowest bit of one byte after another, and has each changed copy opened in earnest. At most 200 signed requests are sent, all of which show in the audit trail; of long bytes, some of every part are tried.',
    'A letter and a colour stand for whoever caught the change. The colour is that of the layer: your own program, the management layer, the storage layer, the HSM.',
  ],
  tryEvery: 'Try every byte',
  stop: 'Stop',
  surveying: 'Trying byte after byte',
  surveyed: (done: number, total: number) => `${done} of ${total} bytes`,
  mapSum: (tried: number, length: number, through: number) =>
    `${tried === length ? `All ${tried}` : `${tried} of ${length.toLocaleString('en')}`} bytes tried. ${
      through === 0 ? 'Not one change got through.' : `${through} opened although changed.`
    }`,
  mapTable: 'The same, part by part',
  cell: (byte: number, part: string, where: string | undefined) =>
    `Byte ${byte}, ${part}${where === undefined ? ': not tried' : `: ${where}`}`,
  gotThrough: 'nobody: it opened',
  catchCount: (where: string, count: number) => `${where} (${count})`,

  opened: 'It opens: nothing was changed.',
  /** Who catches changed bytes, as legends name them. */
  catchers: {
    kms: 'KMS',
    reader: 'Reader of the format',
    commitment: 'Key commitment',
    'header-tag': 'Tag of the header',
    'frame-order': 'Order of the frames',
    'frame-tag': 'Tag of a frame',
    signature: 'Signature',
    'chunk-tag': 'Tag of a chunk',
  },
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
    lengthOf: (what: string) => `Length of ${what}`,
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
