import { describe, expect, it } from 'vitest';
import { lookupOf, noTrailFilter, passes } from '../../src/lib/console/trail/filter.ts';
import { readRecords } from '../../src/lib/console/trail/read.ts';
import type { TrailEvent } from '../../src/lib/cloud/cloudtrail.ts';

const event = (number: number, userAgent: string): TrailEvent => ({
  EventId: String(number),
  EventName: 'DescribeKey',
  EventTime: new Date(0),
  EventSource: 'kms.amazonaws.com',
  CloudTrailEvent: JSON.stringify({
    eventID: String(number),
    eventName: 'DescribeKey',
    readOnly: true,
    userAgent,
  }),
});

/** A trail of pages of 50, the newest of which are full of the console's own reading. */
function trail(ownPages: number, pages: number) {
  const asked: (string | undefined)[] = [];
  const lookup = ({ NextToken }: { NextToken?: string }) => {
    asked.push(NextToken);
    const page = Number(NextToken ?? 0);
    const agent = page < ownPages ? 'glass-kms-console' : 'aws-cli/2.0';
    const Events = Array.from({ length: 50 }, (_, index) => event(page * 50 + index, agent));
    return Promise.resolve({ Events, ...(page + 1 < pages && { NextToken: String(page + 1) }) });
  };
  const read = (from?: string) =>
    readRecords(lookup, lookupOf(noTrailFilter), (record) => passes(record, noTrailFilter), from);
  return { asked, read };
}

describe('the audit trail', () => {
  it('reads past what the console itself has asked, and no further than to what fits', async () => {
    const { asked, read } = trail(2, 9);
    const { records, next } = await read();
    expect(asked).toEqual([undefined, '1', '2']);
    expect(records).toHaveLength(150);
    expect(next).toBe('3');
  });

  it('stops at the end of the trail, and after four requests; goes on from there when asked', async () => {
    expect(await trail(2, 2).read()).toMatchObject({ next: undefined });
    const { asked, read } = trail(9, 9);
    expect((await read()).next).toBe('4');
    expect((await read('4')).next).toBe('8');
    expect(asked).toHaveLength(8);
  });
});
