import type { Reader } from '../vault/vault.ts';
import { AwsError } from '../errors/aws-error.ts';
import { notFound } from './errors.ts';
import { aliasArn, keyArn, parseIdentifier, type KeyLocation } from './identifiers.ts';
import { aliases, keys, materials, place, type KeyRecord } from './records.ts';

/**
 * How a request names a key: by identifier, or through a ciphertext made with one of its backing keys. With
 * both, a bare key id may also be that of the ciphertext's key in another account.
 */
export type KeyReference = string | { materialId: string; keyId?: string };

/** A key that a request named, and how. */
export interface FoundKey {
  record: KeyRecord;
  /** The alias that the request used, if it used one: `alias/demo`. */
  alias?: string;
  /** The request gave a ciphertext instead of an identifier. */
  fromCiphertext: boolean;
}

/**
 * Finds the key that a request names. `caller` says the account and Region that bare ids and alias names
 * belong to. Aliases count only where the operation takes them.
 * Throws NotFoundException, or AccessDeniedException for a ciphertext of no known key.
 */
export function findKey(
  reader: Reader,
  caller: KeyLocation,
  reference: KeyReference,
  takes: 'key' | 'key or alias',
): FoundKey {
  if (typeof reference === 'string') return byIdentifier(reader, caller, reference, takes);
  const { materialId, keyId } = reference;
  if (keyId === undefined) {
    return { record: keyOfMaterial(reader, caller, materialId), fromCiphertext: true };
  }
  const owner = ownerOf(reader, caller, materialId);
  if (owner?.keyId === keyId) return { record: owner, fromCiphertext: false };
  return byIdentifier(reader, caller, keyId, takes);
}

function byIdentifier(
  reader: Reader,
  caller: KeyLocation,
  reference: string,
  takes: 'key' | 'key or alias',
): FoundKey {
  const parsed = parseIdentifier(reference);
  if (!parsed || (parsed.kind === 'alias' && takes === 'key')) {
    throw notFound(`Invalid keyId '${reference}'`);
  }
  const location = parsed.location ?? caller;
  // Keys are Regional; AWS names the Region that the ARN is wrong about.
  if (location.region !== caller.region) throw notFound(`Invalid arn ${location.region}`);
  if (parsed.kind === 'key') {
    return { record: keyById(reader, location, parsed.keyId), fromCiphertext: false };
  }
  const alias = reader.get(aliases, place(location) + parsed.aliasName);
  if (!alias) throw notFound(`Alias ${aliasArn(location, parsed.aliasName)} is not found.`);
  return {
    record: keyById(reader, location, alias.targetKeyId),
    alias: parsed.aliasName,
    fromCiphertext: false,
  };
}

function keyById(reader: Reader, location: KeyLocation, keyId: string): KeyRecord {
  const record = reader.get(keys, place(location) + keyId);
  if (!record) throw notFound(`Key '${keyArn(location, keyId)}' does not exist`);
  return record;
}

function keyOfMaterial(reader: Reader, caller: KeyLocation, materialId: string): KeyRecord {
  const record = ownerOf(reader, caller, materialId);
  // AWS does not tell a stranger whether the key exists.
  if (!record) throw new AwsError('AccessDeniedException', unknownCiphertext);
  return record;
}

function ownerOf(reader: Reader, caller: KeyLocation, materialId: string): KeyRecord | undefined {
  const owner = reader.get(materials, `${caller.region}/${materialId}`);
  return owner === undefined ? undefined : reader.get(keys, owner);
}

const unknownCiphertext =
  'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.';
