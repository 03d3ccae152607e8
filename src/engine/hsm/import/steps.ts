import { glimpse } from '../../trace/glimpse.ts';
import type { Step } from '../../trace/trace.ts';
import type { BackingKeySpec, ExportedKeyToken } from '../hsm.ts';
import { made, read, step, wall } from '../steps.ts';
import type { ImportTerms } from './import-token.ts';
import type { WrappingPair } from './wrapping.ts';

/** What the module says of imports to the glass. */

export function wrappingPairMade({ wrappingKeySpec }: ImportTerms, { publicKey }: WrappingPair): Step {
  return step(
    'The module makes a wrapping key pair for one import.',
    [read('Wrapping key spec', wrappingKeySpec)],
    [made('Public key', publicKey)],
  );
}

export function importTokenSealed(domainKeyId: string, terms: ImportTerms, importToken: Uint8Array): Step {
  return step(
    'The domain key seals the private half into the import token.',
    [read('Algorithm', 'AES-256-GCM key wrapping'), read('Domain key', domainKeyId), ...termFields(terms)],
    [made('Import token', glimpse(importToken))],
  );
}

export function importTokenOpened(terms: ImportTerms, importToken: Uint8Array): Step {
  return step(
    'The domain key opens the import token.',
    [read('Import token', glimpse(importToken)), ...termFields(terms)],
    [made('Wrapping private key', `${terms.wrappingKeySpec}, for one command`)],
  );
}

export function importTokenRefused(importToken: Uint8Array): Step {
  return wall('The import token does not open.', [read('Import token', glimpse(importToken))]);
}

export function importTokenOfAnotherKey(terms: ImportTerms, keyArn: string): Step {
  return wall('The import token was not made for this KMS key.', [
    ...termFields(terms),
    read('This KMS key', keyArn),
  ]);
}

export function importTokenExpired(terms: ImportTerms, now: number): Step {
  return wall('The import token is not valid any more.', [
    ...termFields(terms),
    read('Now', new Date(now).toISOString()),
  ]);
}

export function materialUnwrapped(terms: ImportTerms, encryptedMaterial: Uint8Array, length: number): Step {
  return step(
    'The wrapping private key opens the encrypted key material.',
    [read('Algorithm', terms.wrappingAlgorithm), read('Encrypted key material', encryptedMaterial)],
    [made('Key material length', length)],
  );
}

export function materialRefused(terms: ImportTerms, encryptedMaterial: Uint8Array): Step {
  return wall('The encrypted key material does not open.', [
    read('Algorithm', terms.wrappingAlgorithm),
    read('Encrypted key material', encryptedMaterial),
  ]);
}

export function materialUnfit(spec: BackingKeySpec, length: number): Step {
  return wall('What was wrapped is no key of this spec.', [
    read('Key spec', spec),
    read('Key material length', length),
  ]);
}

export function materialAdopted({ spec, keyArn, materialId }: ExportedKeyToken): Step {
  return step(
    'The key material becomes a backing key.',
    [read('Key spec', spec), read('KMS key', keyArn)],
    [made('Key material id', materialId)],
  );
}

function termFields({ keyArn, wrappingAlgorithm, validTo }: ImportTerms) {
  return [
    read('KMS key', keyArn),
    read('Wrapping algorithm', wrappingAlgorithm),
    read('Valid to', new Date(validTo).toISOString()),
  ];
}
