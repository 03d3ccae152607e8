import { wipe, type Bytes } from '../bytes.ts';
import { done, refused, type Workbench } from '../command.ts';
import type { BackingKeySpec, ExportedKeyToken, HsmResult, Refusal } from '../hsm.ts';
import { keyIdOf } from '../key-token.ts';
import { materialFrom } from '../material/material-from.ts';
import { materialIdOf } from '../material/material-id.ts';
import { tokenSealed } from '../steps.ts';
import { openImportToken } from './import-token.ts';
import {
  importTokenExpired,
  importTokenOfAnotherKey,
  importTokenOpened,
  importTokenRefused,
  materialAdopted,
  materialRefused,
  materialUnfit,
  materialUnwrapped,
} from './steps.ts';
import { unwrapMaterial } from './wrapping.ts';

interface ImportCommand {
  keyArn: string;
  spec: BackingKeySpec;
  importToken: Uint8Array;
  encryptedMaterial: Uint8Array;
  now: number;
}

interface Imported {
  token: ExportedKeyToken;
  publicKey?: Uint8Array;
}

/** Turns wrapped material into a backing key (AWS KMS Developer Guide, "Importing key material"). */
export async function importMaterial(bench: Workbench, command: ImportCommand): Promise<HsmResult<Imported>> {
  const material = await unwrap(bench, command);
  if (typeof material === 'string') return refused(bench, material);
  try {
    return await adopt(bench, command, material);
  } finally {
    wipe(material);
  }
}

/** The material in clear, in an array of its own, the caller's to wipe. */
async function unwrap(
  { domain, steps }: Workbench,
  { keyArn, importToken, encryptedMaterial, now }: ImportCommand,
): Promise<Bytes | Refusal> {
  const opened = await openImportToken(domain, importToken);
  if (opened === undefined) {
    steps?.push(importTokenRefused(importToken));
    return 'IMPORT_TOKEN_REJECTED';
  }
  const { terms, privateKey } = opened;
  if (terms.keyArn !== keyArn) {
    steps?.push(importTokenOfAnotherKey(terms, keyArn));
    return 'IMPORT_TOKEN_REJECTED';
  }
  if (now > terms.validTo) {
    steps?.push(importTokenExpired(terms, now));
    return 'IMPORT_TOKEN_EXPIRED';
  }
  steps?.push(importTokenOpened(terms, importToken));
  const material = await unwrapMaterial(terms.wrappingAlgorithm, privateKey, encryptedMaterial);
  steps?.push(
    material === undefined
      ? materialRefused(terms, encryptedMaterial)
      : materialUnwrapped(terms, encryptedMaterial, material.length),
  );
  return material ?? 'CIPHERTEXT_REJECTED';
}

async function adopt(
  bench: Workbench,
  { keyArn, spec }: ImportCommand,
  bytes: Bytes,
): Promise<HsmResult<Imported>> {
  const keyId = keyIdOf(keyArn)!;
  const material = await materialFrom(spec, bytes);
  if (material === undefined) {
    bench.steps?.push(materialUnfit(spec, bytes.length));
    return refused(bench, 'MATERIAL_UNFIT');
  }
  const { key, publicKey } = material;
  const materialId = await materialIdOf(keyId, spec, key, publicKey);
  const token = await bench.domain.seal(key, { materialId, keyArn, spec });
  bench.steps?.push(materialAdopted(token), tokenSealed(token));
  return done(bench, { token, ...(publicKey && { publicKey }) });
}
