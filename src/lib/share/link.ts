import * as v from 'valibot';
import { fromBase64, toBase64 } from '$lib/envelope/base64.ts';
import { readRecording, writeRecording } from '$lib/glass/examples/recording.ts';
import { shareText } from '$lib/strings/share.ts';
import { sharePart } from './share-hash.ts';
import { hasTooManyKeys, sharedSchema, type Shared } from './contents.ts';
import { deflate, inflate } from './deflate.ts';

/**
 * A link that holds what somebody shares, behind its `#`, so that no server sees it: `#share=1.<data>`. The data is
 * JSON, compressed (RFC 1951), in Base64 for addresses (RFC 4648 §5). Whoever opens it has data, which nothing runs.
 */
const version = '1';

/** A longer address is cut off by some browsers and most messengers. */
export const longestLink = 64_000;

/** What a link may come to: a few kilobytes could be made to unfold to gigabytes. */
const mostInflated = 1_000_000;

/** Deeper than anything that is shared. */
const deepest = 64;

/** A link cannot be made, or is not to be opened. The message is meant for the learner. */
export class ShareRefused extends Error {
  override readonly name = 'ShareRefused';
}

/**
 * The hash of a link.
 * @throws ShareRefused when it would be too long, or what is in it could not be opened again
 */
export async function shareHash(shared: Shared): Promise<`#${string}`> {
  if (shared.scenario && hasTooManyKeys(shared.scenario)) throw new ShareRefused(shareText.tooMuch);
  const checked = v.safeParse(sharedSchema, shared);
  if (!checked.success) throw new ShareRefused(shareText.unfit);
  const json = new TextEncoder().encode(writeRecording(shared));
  if (json.length > mostInflated) throw new ShareRefused(shareText.tooMuch);
  const data = toBase64(await deflate(json));
  const hash =
    `#${sharePart}=${version}.${data.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}` as const;
  if (hash.length > longestLink) throw new ShareRefused(shareText.tooMuch);
  return hash;
}

/**
 * Reads `shareHash` back, from an address that anybody may have written.
 * @throws ShareRefused
 */
export async function sharedIn(hash: string): Promise<Shared> {
  if (hash.length > longestLink) throw new ShareRefused(shareText.tooLong);
  const value = new URLSearchParams(hash.replace(/^#/, '')).get(sharePart) ?? '';
  const [, found, data = ''] = /^(\d+)\.([\w-]+)$/.exec(value) ?? [];
  if (found === undefined) throw new ShareRefused(shareText.damaged);
  if (found !== version) throw new ShareRefused(shareText.otherVersion);
  const padded = data.replace(/-/g, '+').replace(/_/g, '/') + '='.repeat(-data.length & 3);
  const compressed = fromBase64(padded);
  if (!compressed) throw new ShareRefused(shareText.damaged);
  const json = await inflate(compressed, mostInflated).catch((error: unknown) => {
    throw new ShareRefused(error instanceof RangeError ? shareText.bomb : shareText.damaged);
  });
  return contentsIn(json);
}

function contentsIn(json: Uint8Array): Shared {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(json);
    if (depthOf(text) <= deepest) return v.parse(sharedSchema, readRecording(JSON.parse(text)));
  } catch {
    // What is wrong with it is nothing that the reader could mend.
  }
  throw new ShareRefused(shareText.unfit);
}

/** How deep the brackets of a JSON text go: counted before anything walks down there. */
function depthOf(text: string): number {
  let depth = 0;
  let deepestSeen = 0;
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (sign === '[' || sign === '{') deepestSeen = Math.max(deepestSeen, ++depth);
    else if (sign === ']' || sign === '}') depth--;
  }
  return deepestSeen;
}
