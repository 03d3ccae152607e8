/** Words of the console's tab with a key's policy. */
export const consolePolicyText = {
  lead: 'The key policy is the root of all trust in this key: identity policies and other accounts count only as far as it lets them. It stands with the key, and every request for the key is held against it.',
  awsManaged: 'This is an AWS managed key: its policy is AWS’s, to be read and not to be changed.',
  putBack: 'Put the stored policy back',
  format: 'Set the text out anew',
  changes: 'What your draft changes',
  changesAbout: 'Line by line, and who gains or loses what by it.',
  reach: 'What the draft changes for whom',
  who: 'Who',
  reached: { keeps: 'may', none: 'may not', gains: 'gains', loses: 'loses' },
  reachNote:
    'Asked for directly, without an encryption context and with what their policies say now. Operations that nobody may call, or that the key is not made for, are left out. The simulator below tells why.',
  save: 'Put it in place',
  saveAbout: 'PutKeyPolicy replaces the whole policy. It holds at once; with AWS it may take a few minutes.',
  put: 'Put this policy',
  done: 'The key has this policy now.',
  bypass: 'Leave out the lockout safety check',
  bypassAbout:
    'BypassPolicyLockoutSafetyCheck: KMS will not mind if you cannot change the policy afterwards. A key that nobody can manage any more is a matter for AWS Support.',
  locksOut: (who: string) => `${who} could not change the policy again`,
  locksOutAbout:
    'KMS checks before it stores a policy whether its caller could still call PutKeyPolicy under it, and refuses if not.',
  tryOut: 'Try it out',
  tryOutAbout:
    'A request that nobody makes, judged under the draft as you type, or under the policy that is stored.',
};
