import type { Call } from '../service/service.ts';
import {
  decryptUnder,
  decryptedOutside,
  encryptUnder,
  encryptedOutside,
  isInCluster,
  type Encrypted,
  type Terms,
} from './encryption.ts';
import { accept, addToAudit, cipherSide, plaintextLimit, tooLong } from './module.ts';
import type { Rooms } from './operation.ts';
import { reportedMaterialId, type KeyRecord } from './records.ts';

/** One side of a ReEncrypt. */
export interface Side extends Terms {
  key: KeyRecord;
}

/** The new ciphertext, and the backing keys of both sides. */
export interface ReEncrypted extends Encrypted {
  sourceMaterialId: string;
}

/**
 * Decrypts under one key and encrypts under another. Within the module the plaintext never leaves it; where one of
 * the keys is in a CloudHSM cluster, it must cross from the one to the other.
 */
export async function reEncrypt(
  call: Call,
  rooms: Rooms,
  source: Side & { ciphertext: Uint8Array },
  destination: Side,
): Promise<ReEncrypted> {
  const done =
    isInCluster(source.key) || isInCluster(destination.key)
      ? await acrossModules(call, rooms, source, destination)
      : await withinModule(call, rooms, source, destination);
  auditBoth(call, source.key, done.sourceMaterialId, destination.key, done.materialId);
  return done;
}

async function withinModule(
  call: Call,
  rooms: Rooms,
  from: Side & { ciphertext: Uint8Array },
  to: Side,
): Promise<ReEncrypted> {
  const ciphertext = await decryptedOutside(call, rooms, from.key, from, from.ciphertext);
  const source = cipherSide(call, from.key, { ...from, ciphertext });
  const destination = cipherSide(call, to.key, { algorithm: to.algorithm, context: to.context });
  const result = await rooms.hsm.reEncrypt({
    source: { ...source, ciphertext },
    destination,
    watched: call.trace.watched,
  });
  const { ciphertext: inner } = accept(call, result, from.key, to);
  return {
    ciphertext: await encryptedOutside(call, rooms, to.key, to, inner),
    sourceMaterialId: source.token.materialId,
    materialId: destination.token.materialId,
  };
}

async function acrossModules(
  call: Call,
  rooms: Rooms,
  from: Side & { ciphertext: Uint8Array },
  to: Side,
): Promise<ReEncrypted> {
  const { plaintext, materialId: sourceMaterialId } = await decryptUnder(call, rooms, from.key, from);
  if (!plaintext || plaintext.length > plaintextLimit(to)) throw tooLong(to);
  const encrypted = await encryptUnder(call, rooms, to.key, { ...to, plaintext });
  return { ...encrypted, sourceMaterialId };
}

function auditBoth(
  call: Call,
  source: KeyRecord,
  sourceMaterialId: string,
  destination: KeyRecord,
  destinationMaterialId: string,
): void {
  const sourceId = reportedMaterialId(source, sourceMaterialId);
  const destinationId = reportedMaterialId(destination, destinationMaterialId);
  addToAudit(call, {
    ...(sourceId !== undefined && { sourceKeyMaterialId: sourceId }),
    ...(destinationId !== undefined && { destinationKeyMaterialId: destinationId }),
  });
}
