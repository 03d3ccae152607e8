import type { AliasListEntry, KeyListEntry } from '@aws-sdk/client-kms';
import { faultOf, type Fault } from '$lib/cloud/attempt.svelte.ts';
import { aws } from '../client.ts';
import type { KeyRow } from './rows.ts';

/** Every key of the account in this Region. */
export async function allKeys(): Promise<KeyListEntry[]> {
  const keys: KeyListEntry[] = [];
  let Marker: string | undefined;
  do {
    const page = await aws.call('ListKeys', { Limit: 1000, Marker });
    keys.push(...(page.Keys ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return keys;
}

/** Every alias, or those of one key. */
export async function allAliases(KeyId?: string): Promise<AliasListEntry[]> {
  const aliases: AliasListEntry[] = [];
  let Marker: string | undefined;
  do {
    const page = await aws.call('ListAliases', { KeyId, Limit: 100, Marker });
    aliases.push(...(page.Aliases ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return aliases;
}

export interface KeyListing {
  rows: KeyRow[];
  /** Who may list keys need not be allowed to list aliases. */
  aliasFault?: Fault;
}

/** Keys with the names that point at them. */
export async function listKeys(): Promise<KeyListing> {
  const [keys, aliases] = await Promise.all([allKeys(), allAliases().catch(faultOf)]);
  const names = new Map<string, string[]>();
  for (const { TargetKeyId, AliasName } of Array.isArray(aliases) ? aliases : []) {
    if (TargetKeyId === undefined || AliasName === undefined) continue;
    names.set(TargetKeyId, [...(names.get(TargetKeyId) ?? []), AliasName].sort());
  }
  const rows = keys.map(({ KeyId = '', KeyArn = '' }) => ({
    keyId: KeyId,
    arn: KeyArn,
    aliases: names.get(KeyId) ?? [],
  }));
  return { rows, ...(aliases && !Array.isArray(aliases) && { aliasFault: aliases }) };
}
