import { parseCiphertextBlob, type CiphertextBlob } from '../hsm/ciphertext-blob.ts';
import { arnOfKey, keys, materials, type KeyRecord } from '../kms/records.ts';
import type { TraceRecord } from '../trace/trace.ts';
import type { Reader } from '../vault/vault.ts';
import type { BlobOrigin } from './look.ts';
import { copiesOf } from './storage.ts';
import type { TraceKeeper } from './traces.ts';

/** Where a symmetric ciphertext blob comes from, and whether it could be opened. */
export async function blobOrigin(
  reader: Reader,
  bytes: Uint8Array,
  traces: Pick<TraceKeeper, 'makerOf' | 'read'>,
): Promise<BlobOrigin | null> {
  const blob = parseCiphertextBlob(bytes);
  if (!blob) return null;
  const { materialId } = blob;
  // Before the first await, after which an earlier time may be looked at through the same reader.
  const holders = keysWith(reader, materialId).map((key) => ({
    key,
    isGood: isHeldBy(reader, key, materialId),
  }));
  const requestId = traces.makerOf(blob);
  const trace = requestId === undefined ? undefined : await traces.read(requestId);
  const holder = holders.find(({ key }) => arnOfKey(key) === trace?.keyArn) ?? holders[0];
  const materialState = holder?.key.materials.find(({ id }) => id === materialId)?.state;
  return {
    materialId,
    ...(holder && { keyArn: arnOfKey(holder.key), state: holder.key.state }),
    ...(materialState && { materialState }),
    openable: holders.some(({ isGood }) => isGood),
    ...(trace && { madeBy: makingOf(trace, blob) }),
  };
}

/** The KMS key that has this material; several, where related multi-Region keys share it: the primary one first. */
function keysWith(reader: Reader, materialId: string): KeyRecord[] {
  return reader
    .list(materials)
    .filter(({ key }) => key.endsWith(`/${materialId}`))
    .flatMap(({ value }) => reader.get(keys, value) ?? [])
    .sort(
      (one, other) =>
        Number(one.multiRegion?.type === 'REPLICA') - Number(other.multiRegion?.type === 'REPLICA'),
    );
}

function isHeldBy(reader: Reader, key: KeyRecord, materialId: string): boolean {
  return copiesOf(reader, key, materialId).some(({ state }) => state === 'good');
}

function makingOf({ requestId, operation, time, steps }: TraceRecord, blob: CiphertextBlob) {
  const sealing = steps.find(({ fields }) =>
    fields.some(
      ({ layout, direction, value }) =>
        layout === 'ciphertext-blob' &&
        direction === 'out' &&
        value instanceof Uint8Array &&
        parseCiphertextBlob(value)?.nonce.join() === blob.nonce.join(),
    ),
  );
  const context = sealing?.fields.find(({ name }) => name === 'Encryption context')?.value;
  return { requestId, operation, time, context: readContext(context) };
}

/** The trace has the context as the module authenticates it: canonical JSON. */
function readContext(written: unknown): Record<string, string> {
  return typeof written === 'string' && written !== '' ? (JSON.parse(written) as Record<string, string>) : {};
}
