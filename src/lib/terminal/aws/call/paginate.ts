/** Asks for page after page, as the AWS CLI does by itself (botocore, `paginate.py`). */
import type { OperationModel } from '$lib/operations/model.ts';
import type { Value, Values } from '../io.ts';
import { readToken, writeToken, type ResumeToken } from './token.ts';

export interface PageWishes {
  startingToken?: string;
  pageSize?: number;
  maxItems?: number;
}

export interface Listing {
  /** What each page brought, in order, with the list cut to what was asked for. */
  pages: Values[];
  /** Where it goes on, when it was cut short. */
  nextToken?: string;
}

export async function paginate(
  pages: NonNullable<OperationModel['pages']>,
  input: Values,
  wishes: PageWishes,
  send: (input: Values) => Promise<Values>,
): Promise<Listing> {
  const { startingToken, pageSize, maxItems } = wishes;
  const listing: Listing = { pages: [] };
  const [items = ''] = pages.items;
  let from: ResumeToken =
    startingToken === undefined ? { next: null } : readToken(pages.marker, startingToken);
  let total = 0;
  for (;;) {
    const reply = await send({
      ...input,
      ...(from.next !== null && { [pages.marker]: from.next }),
      ...(pageSize !== undefined && { [pages.limit]: pageSize }),
    });
    const all = (reply[items] ?? []) as readonly Value[];
    const { skip = 0 } = from;
    const found = all.slice(skip);
    const left = maxItems === undefined ? Infinity : maxItems - total;
    listing.pages.push({ ...reply, [items]: found.slice(0, left) });
    if (found.length > left) {
      listing.nextToken = writeToken(pages.marker, { next: from.next, skip: skip + left });
      return listing;
    }
    total += found.length;
    const next = reply[pages.next];
    if (typeof next !== 'string' || next === '') return listing;
    from = { next };
    if (total === maxItems) {
      listing.nextToken = writeToken(pages.marker, from);
      return listing;
    }
  }
}
