import { bytesToHex } from '@noble/hashes/utils.js';

const shownLength = 8;

/**
 * A sealed key as a trace tells of it: half of its tag, to know it again by, and nothing that could be opened. Traces
 * are kept, also beyond the deletion of a key; a whole token in one would be one more copy of what has been shredded.
 */
export function glimpse(sealed: Uint8Array): string {
  return `…${bytesToHex(sealed.subarray(-shownLength))} (${sealed.length} bytes)`;
}
