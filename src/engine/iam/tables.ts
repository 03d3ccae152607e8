import { table } from '../vault/vault.ts';
import type { AccessKey, Account, Principal } from './types.ts';

/** Principals of all accounts, by ARN. */
export const principals = table<Principal>('iam.principals');

/** Access keys, by access key id. */
export const accessKeys = table<AccessKey>('iam.access-keys');

/** Accounts that more is known of than their number, by account id. */
export const accounts = table<Account>('iam.accounts');
