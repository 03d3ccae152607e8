import { describeCiphertextBlob } from '$engine/hsm/ciphertext-blob.ts';
import type { Field, Layer } from '$engine/trace/trace.ts';
import type { Region } from './rows.ts';

export type Layout = NonNullable<Field['layout']>;

/** A region with the layer that has use for it, which gives it its colour. */
export interface ColouredRegion extends Region {
  layer: Layer | undefined;
}

/** Names every byte of a value whose layout is known. Bytes that do not fit the layout have no names. */
export function regionsOf(bytes: Uint8Array, layout: Layout | undefined): ColouredRegion[] {
  if (layout !== 'ciphertext-blob') return [];
  return describeCiphertextBlob(bytes).map((region) => ({ ...region, layer: readers[region.name] }));
}

/**
 * Who reads which part of a blob: the storage layer finds the sealed key by the material id, the module takes
 * what it needs to decrypt, and the content is the client's own. The rest is packaging.
 */
const readers: Record<string, Layer> = {
  'Key material id': 'storage',
  Nonce: 'hsm',
  'Initialization vector': 'hsm',
  'Authentication tag': 'hsm',
  Ciphertext: 'clients',
};
