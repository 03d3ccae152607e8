import { table } from '../vault/vault.ts';
import type { AccessKey, Principal } from './types.ts';

/** Principals of all accounts, by ARN. */
export const principals = table<Principal>('iam.principals');

/** Access keys, by access key id. */
export const accessKeys = table<AccessKey>('iam.access-keys');
