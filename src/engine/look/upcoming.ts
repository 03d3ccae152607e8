import { keyArn } from '../kms/identifiers.ts';
import { everythingDue, type Due } from '../kms/timeline/due.ts';
import type { Reader } from '../vault/vault.ts';
import type { Upcoming } from './look.ts';

/** What time will bring about, the soonest first. */
export function upcoming(reader: Reader): Upcoming[] {
  return everythingDue(reader).map(asUpcoming);
}

/** The record key of a KMS key: account, Region and key id. */
const recordKeyPattern = /^(\d{12})\/([^/]+)\/([^/]+)$/;

function asUpcoming({ time, kind, subject, detail }: Due): Upcoming {
  const [, accountId = '', region = '', id = ''] = recordKeyPattern.exec(subject) ?? [];
  const about =
    id === '' || kind.startsWith('CustomKeyStore') ? undefined : keyArn({ accountId, region }, id);
  return {
    time,
    kind,
    subject: about ?? (id === '' ? subject : id),
    ...(about !== undefined && { keyArn: about }),
    ...(detail !== undefined && { detail }),
  };
}
