import type { Picture } from '$lib/glass/state/pictures.ts';

/** Names of the glass's pictures, for tabs and headings, and one line on what each shows. */
export const pictureNames: Record<Picture, string> = {
  house: 'The house',
  management: 'Who, and may they',
  storage: 'Storage',
  hsm: 'HSM',
  key: 'A key',
  ciphertext: 'A ciphertext',
  hierarchy: 'Key hierarchy',
  regions: 'Regions',
};

export const pictureLines: Record<Picture, string> = {
  house: 'One request, from the client through every wall to the HSM and back.',
  management: 'How KMS learns who asks, and decides whether they may.',
  storage: 'Every sealed key, a copy in each of three zones; break some and watch.',
  hsm: 'The only place where a key works, and what it takes to get one out.',
  key: 'One KMS key: its name, state, material, policy, and who used it.',
  ciphertext: 'Every byte of a ciphertext, and where a changed bit is caught.',
  hierarchy: 'Which key protects which, and what falls with one that is lost or leaked.',
  regions: 'Keys that stay in their Region, and those that are copied from HSM to HSM.',
};

/** What there is to know about each picture, for whoever asks “What is this?”. */
export const pictureAbouts: Record<Picture, { title: string; text: string[] }> = {
  house: {
    title: 'A house with glass walls',
    text: [
      'AWS KMS stands in layers. The management layer learns who asks, and decides whether they may. The storage layer keeps the keys, sealed. Only an HSM opens a seal and computes; no key leaves it in the clear.',
      'What you see is a request that this cloud has really served, or one that was recorded. Each dot is a step, and below the house stands what that step read and produced. The magnifying glass in a room leads into it.',
    ],
  },
  management: {
    title: 'The management layer',
    text: [
      'Before a key is used, KMS asks in turn: who sends this, may they, and does the key fit. Then it writes down what came of it. Each question has a room here.',
      'Nothing is played. What the rooms show, the service worked out itself when it served the request.',
    ],
  },
  storage: {
    title: 'The storage layer',
    text: [
      'AWS KMS keeps no key in the clear. A backing key leaves its HSM only sealed by the domain key of its Region. AWS calls that an exported key token (EKT), and it is all that storage ever holds.',
      'Each tablet is one such token. It stands in the same place on all three shelves, since every zone keeps a copy. The round mark is the seal: which domain key made it. When the domain key is rotated, every token is sealed anew and the marks change with it.',
      'Whoever steals all three shelves has nothing: only the modules can open a seal. Whoever destroys all three has ended every key on them.',
    ],
  },
  hsm: {
    title: 'A domain of modules',
    text: [
      'In each Region, AWS KMS has a fleet of hardware security modules that trust each other: a domain. All members hold the same domain keys in volatile memory, so that any of them can open any sealed key of the Region.',
      'What they share is written down once, as the domain token: members, operators, rules, and the domain keys under a key that is enveloped for each member. Only a member can open it.',
      'AWS does not publish how many modules a domain has. Here there is one a zone, and one in a safe without power, as AWS keeps offline modules for the day on which all others are lost. A reload of this page is no power failure.',
    ],
  },
  key: {
    title: 'A KMS key is a record, not bytes',
    text: [
      'What people call a KMS key is a record: a name, a state, a policy, and pointers to one or more backing keys. The backing keys are what encrypts. They exist in plain form inside an HSM only, and outside of it sealed, a copy in each of three zones.',
      'So rotation adds a backing key and changes nothing else: same ARN, same policy, old ciphertext still opens. And deletion has to destroy nothing but the sealed copies.',
    ],
  },
  ciphertext: {
    title: 'What a ciphertext tells',
    text: [
      'A ciphertext of KMS names the key material that made it, and brings a nonce and a tag. So Decrypt needs no key id, and whatever is changed is noticed. None of this is secret. The plaintext is, and only the HSM can bring it back.',
      'Turn over any bit and have the bytes opened: the attempt is made in earnest, and whoever notices says so.',
    ],
  },
  hierarchy: {
    title: 'Keys under keys',
    text: [
      'A domain key seals backing keys. A backing key never encrypts your data itself: for each call the module derives a key of its own from it, with a random nonce that stands in the ciphertext. That per-call key encrypts a data key, and the data key, in the client’s hands, encrypts the data.',
      'So each key answers for little, and the question “what if this one gets out” has a small answer the further down it is. Rotation makes a new key for what is to come. It takes back nothing that has got out.',
    ],
  },
  regions: {
    title: 'Regions are islands',
    text: [
      'Every Region has its own HSMs, its own domain keys, its own storage. A KMS key made in one does not exist in another, and neither AWS nor you can move it.',
      'A multi-Region key is a set of keys, one in each of several Regions, with the same id and the same material. It is no global key: each has its own policy, aliases, grants and tags, and can be disabled by itself. The copy goes from module to module, wrapped under a key that both agree on; nobody between them could open it.',
      'Whether a key is multi-Region is decided when it is made, and never after.',
    ],
  },
};
