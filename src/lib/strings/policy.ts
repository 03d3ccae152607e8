import { plural } from './console.ts';

/** Words of the policy editor and of what it knows. */
export const policyText = {
  /** Actions that are half of an operation. */
  halves: {
    ReEncryptFrom: 'ReEncrypt, of its source key: opens the ciphertext inside the HSM.',
    ReEncryptTo: 'ReEncrypt, of its destination key: encrypts anew inside the HSM.',
  } as Record<string, string>,

  editor: 'Key policy',
  findings: 'What there is to say about the policy',
  nothing: 'There is nothing to say against this policy.',
  severities: { error: 'error', warning: 'warning', advice: 'advice' },
  counts: {
    error: (count: number) => plural(count, 'error'),
    warning: (count: number) => plural(count, 'warning'),
    advice: (count: number) => plural(count, 'piece of advice', 'pieces of advice'),
  },
  line: (line: number) => `line ${line}`,

  diff: 'The draft beside the stored policy',
  changed: { added: 'added:', removed: 'taken away:' },
  sameLines: (count: number) => `${count} lines the same`,
};
