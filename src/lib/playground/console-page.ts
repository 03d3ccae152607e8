import { keyPath, routeOf, type ConsolePage, type KeyTab } from '$lib/console/route.ts';
import { consoleText } from '$lib/strings/console.ts';
import type { MadeCall } from './calls.svelte.ts';

/** Pages of the console for what is about no single key, or is done with one. */
const pages: Record<string, ConsolePage> = {
  ConnectCustomKeyStore: 'key-stores',
  CreateAlias: 'aliases',
  CreateCustomKeyStore: 'key-stores',
  Decrypt: 'encrypt',
  DeleteAlias: 'aliases',
  DeleteCustomKeyStore: 'key-stores',
  DescribeCustomKeyStores: 'key-stores',
  DisconnectCustomKeyStore: 'key-stores',
  Encrypt: 'encrypt',
  GenerateDataKey: 'data-keys',
  GenerateDataKeyPair: 'data-keys',
  GenerateDataKeyPairWithoutPlaintext: 'data-keys',
  GenerateDataKeyWithoutPlaintext: 'data-keys',
  GenerateMac: 'mac',
  ListAliases: 'aliases',
  ListKeys: 'keys',
  LookupEvents: 'trail',
  ReEncrypt: 'encrypt',
  Sign: 'sign',
  UpdateAlias: 'aliases',
  UpdateCustomKeyStore: 'key-stores',
  Verify: 'sign',
  VerifyMac: 'mac',
};

/** The tab of a key's page where one sees, or would have done, what an operation did. */
const tabs: Record<string, KeyTab> = {
  CancelKeyDeletion: 'general',
  CreateGrant: 'grants',
  CreateKey: 'general',
  DeleteImportedKeyMaterial: 'material',
  DescribeKey: 'general',
  DisableKey: 'general',
  DisableKeyRotation: 'rotation',
  EnableKey: 'general',
  EnableKeyRotation: 'rotation',
  GetKeyLastUsage: 'usage',
  GetKeyPolicy: 'policy',
  GetKeyRotationStatus: 'rotation',
  GetParametersForImport: 'material',
  GetPublicKey: 'public-key',
  ImportKeyMaterial: 'material',
  ListGrants: 'grants',
  ListKeyPolicies: 'policy',
  ListKeyRotations: 'rotation',
  ListResourceTags: 'tags',
  PutKeyPolicy: 'policy',
  ReplicateKey: 'regions',
  RetireGrant: 'grants',
  RevokeGrant: 'grants',
  RotateKeyOnDemand: 'rotation',
  ScheduleKeyDeletion: 'general',
  TagResource: 'tags',
  UntagResource: 'tags',
  UpdateKeyDescription: 'general',
  UpdatePrimaryRegion: 'regions',
};

type Call = Pick<MadeCall, 'service' | 'operation' | 'input'> & Partial<Pick<MadeCall, 'output'>>;

/**
 * The page of the console on which one sees, or would have done, what a call did: `keys/<ARN>/grants`. `undefined`:
 * the console has none, as for GetCallerIdentity.
 */
export function consolePageOf({ service, operation, input, output = {} }: Call): string | undefined {
  if (service !== 'kms' && service !== 'cloudtrail') return undefined;
  const tab = tabs[operation];
  const key = keyOf(input, output);
  if (tab !== undefined && key !== undefined) return keyPath(key, tab);
  return pages[operation] ?? (operation === '' ? undefined : `operations/${operation}`);
}

/** The page's name, as the console itself has it. */
export function pageName(path: string): string {
  const route = routeOf(path);
  if (route.page === 'key')
    return `${route.keyId.replace(/^arn:.*:key\//, '')}: ${consoleText.tabs[route.tab]}`;
  if (route.page === 'operations' && route.name !== undefined) return route.name;
  return consoleText.pages[route.page];
}

/** As the reply names it, which is by its ARN; otherwise as the call does. */
function keyOf(input: Record<string, unknown>, output: Record<string, unknown>): string | undefined {
  const [metadata, replica] = [output['KeyMetadata'], output['ReplicaKeyMetadata']] as (
    | { Arn?: unknown }
    | undefined
  )[];
  const candidates = [replica?.Arn, metadata?.Arn, output['KeyId'], input['KeyId']];
  return candidates.find(
    (candidate): candidate is string => typeof candidate === 'string' && candidate !== '',
  );
}
