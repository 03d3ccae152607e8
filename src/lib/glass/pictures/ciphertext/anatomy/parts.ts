import type { ColouredRegion } from '$lib/bytes/regions.ts';

/** What an anatomy can be of. */
export type Format = 'kms-blob' | 'encryption-sdk' | 'envelope' | 'unknown';

/** A named run of bytes. What stands inside of it follows it, one `depth` further in. */
export interface Part extends ColouredRegion {
  /** How far in it stands, from 0. */
  depth: number;
  /** It is a frame around the parts that follow it, without bytes of its own. */
  group?: true;
  /** Its bytes put into words: a number, a text, a name. */
  value?: string;
  /** A ciphertext blob of KMS, which has an anatomy of its own. */
  inside?: Inside;
}

/** A KMS blob that stands inside of something else, and what opens it. */
export interface Inside {
  blob: Uint8Array<ArrayBuffer>;
  keyArn: string;
  context: Record<string, string>;
}

/** Bytes with every one of them named. */
export interface Anatomy {
  format: Format;
  /** In order; those that are no groups cover all bytes, without gaps. */
  parts: Part[];
  /** Why the bytes from `Unrecognised` on have no better name. */
  fault?: string;
}

/** The parts that hold the bytes themselves. */
export function leaves({ parts }: Anatomy): Part[] {
  return parts.filter(({ group }) => !group);
}

/** The innermost part that a byte belongs to. */
export function partAt(anatomy: Anatomy, offset: number): Part | undefined {
  return leaves(anatomy).find((part) => offset >= part.offset && offset < part.offset + part.length);
}
