import type { Reader } from '../../vault/vault.ts';
import type { KeyLocation } from '../identifiers.ts';
import { aliases, place } from '../records.ts';
import { managedKeyServices, type ManagedKeyService } from './services.ts';

/** Aliases under this prefix belong to AWS. */
export const managedPrefix = 'alias/aws/';

const services = new Map(managedKeyServices.map((service) => [managedPrefix + service.name, service]));

/** Every alias that AWS has predefined in an account, whether its key has been made or not, in order. */
export const predefinedAliases: readonly string[] = [...services.keys()].sort();

export function serviceOfAlias(aliasName: string): ManagedKeyService | undefined {
  return services.get(aliasName);
}

/** Each AWS managed key has exactly one alias. */
export function countManagedKeys(reader: Reader, location: KeyLocation): number {
  return reader.count(aliases, place(location) + managedPrefix);
}
