import type { Grant } from '../../iam/types.ts';
import { table } from '../../vault/vault.ts';

/** One grant on a KMS key (KMS API Reference, GrantListEntry). */
export interface GrantRecord extends Grant {
  /** Record key of the KMS key in `keys`. */
  keyRecordKey: string;
  retiringPrincipal?: string;
  retiringServicePrincipal?: string;
  /** The account under which the grant was made. */
  issuingAccount: string;
  /** Milliseconds since the Unix epoch. */
  created: number;
}

/** By `key record key/grant id`. */
export const grants = table<GrantRecord>('kms.grants');

/** Grants by who may use them: by `key record key/grantee/grant id`, the record key in `grants`. */
export const grantsByGrantee = table<string>('kms.grants-by-grantee');

/** Grants by who may retire them: by `Region/retiring principal/grant id`, the record key in `grants`. */
export const grantsByRetirer = table<string>('kms.grants-by-retirer');

/** Grants that have a name: by `key record key/name/grant id`, the record key in `grants`. */
export const grantsByName = table<string>('kms.grants-by-name');

/** By grant id, the record key in `grants`. */
export const grantsById = table<string>('kms.grants-by-id');
