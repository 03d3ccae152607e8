import { bytesToHex } from '@noble/hashes/utils.js';
import { parseCiphertextBlob } from '$engine/hsm/ciphertext-blob.ts';
import type { DomainView } from '$engine/hsm/hsm.ts';
import type { BlobOrigin, KeyAnatomy, StoredToken } from '$engine/look/look.ts';
import type { Layer } from '$engine/trace/trace.ts';
import { sealedUnder } from '../blast/reach.ts';
import type { Level } from '../blast/rules.ts';

/** The chain of keys above one ciphertext, each with its real id, and how many others stand beside it. */
export interface Link {
  level: Level;
  /** Whose hands it is in. */
  layer: Layer;
  /** `undefined`: the glass cannot know. */
  id?: string;
  state?: string;
  /** How many there are of its kind under the link above it, itself among them; absent where nobody knows. */
  among?: number;
}

export interface ChainSource {
  key: KeyAnatomy;
  materialId: string;
  domainKeyId: string | undefined;
  domain: DomainView | undefined;
  /** Sealed keys of the Region. */
  tokens: readonly StoredToken[];
  /** Absent where only a key was chosen: then the chain ends with its backing key. */
  blob?: Uint8Array;
  origin?: BlobOrigin;
  /** What the ciphertext was found in: an envelope's file name. */
  container?: string;
}

/** Operations that encrypt what the client brings; all others make a data key. */
const bringsData = new Set(['Encrypt', 'ReEncrypt']);

/** The chain, from the domain key down. */
export function chainOf(source: ChainSource): Link[] {
  const { key, materialId, domainKeyId, domain, tokens, blob, origin, container } = source;
  const material = key.materials.find((each) => each.materialId === materialId);
  const top: Link[] = [
    {
      level: 'domain-key',
      layer: 'hsm',
      ...(domain && domainKeyId !== undefined && { among: domain.keys.length }),
      ...(domainKeyId !== undefined && { id: domainKeyId }),
      ...withState(domain?.keys.find(({ id }) => id === domainKeyId)?.state),
    },
    {
      level: 'backing-key',
      layer: 'hsm',
      id: materialId,
      // Of a key that no copy is left of, nobody can say what it was sealed under, and beside what.
      ...(domainKeyId !== undefined && { among: Math.max(1, sealedUnder(tokens, domainKeyId).length) }),
      ...withState(material?.state),
    },
  ];
  const parsed = blob && parseCiphertextBlob(blob);
  if (!parsed) return top;
  const operation = origin?.madeBy?.operation;
  const isData = operation !== undefined && bringsData.has(operation);
  return [
    ...top,
    {
      level: 'per-call-key',
      layer: 'hsm',
      id: bytesToHex(parsed.nonce),
      among: Math.max(1, material?.ciphertexts ?? 1),
    },
    ...(isData
      ? []
      : [{ level: 'data-key' as const, layer: 'clients' as const, among: 1, ...withState(operation) }]),
    {
      level: 'data',
      layer: 'clients',
      among: 1,
      ...(container !== undefined && { id: container }),
      ...withState(isData ? operation : undefined),
    },
  ];
}

const withState = (state: string | undefined) => (state === undefined ? {} : { state });

/** The domain key that a material's good copies are sealed under. */
export function domainKeyOf(key: KeyAnatomy, materialId: string): string | undefined {
  const copies = key.materials.find((each) => each.materialId === materialId)?.copies ?? [];
  return copies.find(({ state }) => state === 'good')?.domainKeyId;
}

/** The material that the chain of a key without a ciphertext shows. */
export function currentMaterialOf(key: KeyAnatomy): string | undefined {
  return (key.materials.findLast(({ state }) => state === 'CURRENT') ?? key.materials.at(-1))?.materialId;
}
