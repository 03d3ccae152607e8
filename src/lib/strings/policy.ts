/** Words of the policy editor and of what it knows. */
export const policyText = {
  /** Actions that are half of an operation. */
  halves: {
    ReEncryptFrom: 'ReEncrypt, of its source key: opens the ciphertext inside the HSM.',
    ReEncryptTo: 'ReEncrypt, of its destination key: encrypts anew inside the HSM.',
  } as Record<string, string>,
};
