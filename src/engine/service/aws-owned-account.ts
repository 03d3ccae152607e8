/**
 * The account that AWS keeps keys of its own in (KMS Developer Guide, "AWS owned keys"). No customer has this number,
 * so no listing of theirs shows what is in it.
 */
export const awsOwnedAccountId = '000000000000';
