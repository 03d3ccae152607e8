/** Words of the policy simulator. */
export const simulatorText = {
  title: 'Policy simulator',
  lead: 'Could this role decrypt with that context at 3 am? The request is judged by the very code that judges real ones, and nobody makes it: nothing changes, and no audit trail hears of it.',
  question: 'The request',
  answer: 'The answer',
  who: 'Who',
  person: (name: string, accountId: string) => (accountId === '' ? name : `${name}, account ${accountId}`),
  what: 'Operation',
  key: 'Key',
  time: 'When, in UTC; empty for now',
  policy: 'Under which policy',
  draft: 'The one in the editor',
  stored: 'The one that the key has',
  circumstances: 'How the request comes: through a service, from where, with a second factor',
  viaService: 'An AWS service passes it on',
  viaServiceHint: 'Empty: the principal asks directly.',
  sourceIp: 'From the address',
  endpoint: 'Through the VPC endpoint',
  mfa: 'Signed in with a second factor',
  rest: 'The rest of the request',
  restJson: 'Other members, as JSON',
  restHint: 'Policies can ask for them. Plaintexts, ciphertexts and other bytes are not needed.',
  restWrong: 'This is no JSON object.',
  asking: 'The cloud is asked.',
  incomplete: 'Say who asks for what.',
  yes: 'Yes',
  no: 'No',
  could: (who: string, operation: string) => `${who} could do it: nothing stands in the way of ${operation}.`,
  couldNot: (who: string, operation: string) => `${who} may not: ${operation} is denied.`,
  unfit: (who: string, operation: string) =>
    `${operation} would fail for another reason than what ${who} may do.`,
  draftRefused: 'PutKeyPolicy would not take this policy, so nothing can be judged by it.',
  /** Operations that ask for more while they work. */
  goesOn: {
    CreateKey: 'With tags, CreateKey asks for kms:TagResource as well; that is not judged here.',
    ReplicateKey:
      'ReplicateKey goes on to ask for kms:CreateKey, and with tags for kms:TagResource, in the other Region; that is not judged here.',
    UpdatePrimaryRegion:
      'UpdatePrimaryRegion goes on to ask for the same on the replica in the other Region; that is not judged here.',
    RetireGrant: 'For RetireGrant the grant itself says who may; that is not judged here.',
    PutKeyPolicy:
      'PutKeyPolicy goes on to check that its caller could change the policy again; that is not judged here.',
  } as Record<string, string>,
  note: 'Judged are permission, key state and key usage. Whether a ciphertext opens under the context, quotas, and what the HSM says are not: those take the real request.',
};
