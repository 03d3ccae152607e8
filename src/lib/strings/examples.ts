/** The recorded examples, in the order in which they are listed: a title, and in one line what there is to see. */
export const examplesText = {
  allowed: {
    title: 'Allowed',
    line: 'Billing encrypts an invoice. The key policy leaves it to the account, and an identity policy allows it.',
  },
  'denied-by-policy': {
    title: 'Denied by the key policy',
    line: 'Sam’s own policy allows everything, and one Deny in the key policy outweighs it.',
  },
  'denied-by-state': {
    title: 'Denied by the key’s state',
    line: 'Ada may use the key, but it waits for its deletion, and so it decrypts nothing.',
  },
  'context-mismatch': {
    title: 'The wrong encryption context',
    line: 'Sealed for invoice 17 and brought as invoice 18: the tag does not fit, and the HSM gives nothing out.',
  },
  'via-service': {
    title: 'Through a service',
    line: 'S3 asks for a data key on Ada’s behalf. This cloud has no S3 of its own: the request is signed with the session that S3 would have, and KMS sees the same kms:ViaService.',
  },
  'cross-account': {
    title: 'Across accounts',
    line: 'Bea of one account decrypts with a key of another: the key policy there and her own policy here must both allow it.',
  },
  'grant-used': {
    title: 'By a grant',
    line: 'No policy lets the nightly job decrypt. A grant does, as long as the encryption context says job: nightly.',
  },
  'rotated-key': {
    title: 'After a rotation',
    line: 'The key has new material. What the old material sealed names it, and is opened with it.',
  },
  'multi-region': {
    title: 'In another Region',
    line: 'Sealed in us-east-1, opened in eu-west-1 by the replica, which has the same material.',
  },
  'copies-repaired': {
    title: 'Two copies lost, and mended',
    line: 'Zones a and b have lost their copies of the sealed key. Zone c has one, and Decrypt puts the others back.',
  },
};
