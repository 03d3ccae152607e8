import type { KeyMetadata, ListAliasesCommandOutput } from '@aws-sdk/client-kms';
import type { CloudTrailRecord } from '../../engine/cloudtrail/types.ts';
import type { CloudTrailClient } from '../cloud/cloudtrail.ts';
import type { KmsClient } from '../cloud/kms.ts';

/** The clients of the role Auditor, which may look and not touch. */
export interface Auditor {
  kms: KmsClient;
  trail: CloudTrailClient;
}

/** So many pages of 50 events are read at most for one event name. */
const mostPages = 10;

/**
 * What checks can ask about the cloud. An inspector is for one look: it asks each question once and remembers the
 * answer.
 */
export class Inspector {
  readonly #auditor: Auditor;
  readonly #since: Date | undefined;
  readonly #answers = new Map<string, Promise<unknown>>();

  /** `since`: audit records from before this time, to the second, do not count. */
  constructor(auditor: Auditor, since?: Date) {
    this.#auditor = auditor;
    this.#since = since;
  }

  /** The KMS key that an alias names, if there is one. */
  async keyOf(alias: string): Promise<KeyMetadata | undefined> {
    const target = (await this.aliases()).find(({ AliasName }) => AliasName === alias)?.TargetKeyId;
    return target === undefined ? undefined : this.describe(target);
  }

  aliases(): Promise<NonNullable<ListAliasesCommandOutput['Aliases']>> {
    return this.#once('aliases', () =>
      everyPage(async (marker) => {
        const page = await this.#auditor.kms.call('ListAliases', marker);
        return { items: page.Aliases ?? [], next: page.NextMarker };
      }),
    );
  }

  describe(keyId: string): Promise<KeyMetadata> {
    return this.#once(`key ${keyId}`, async () => {
      const { KeyMetadata } = await this.#auditor.kms.call('DescribeKey', { KeyId: keyId });
      if (!KeyMetadata) throw new Error(`DescribeKey gave no metadata of ${keyId}.`);
      return KeyMetadata;
    });
  }

  /** The audit records of one operation, newest first; without the Auditor's own. */
  events(eventName: string): Promise<CloudTrailRecord[]> {
    return this.#once(`events ${eventName}`, async () => {
      const records: CloudTrailRecord[] = [];
      let token: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const { Events, NextToken } = await this.#auditor.trail.lookupEvents({
          LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
          ...(this.#since && { StartTime: this.#since }),
          ...(token !== undefined && { NextToken: token }),
        });
        records.push(...Events.map((event) => JSON.parse(event.CloudTrailEvent) as CloudTrailRecord));
        if (NextToken === undefined) break;
        token = NextToken;
      }
      return records.filter((record) => principalName(record) !== 'Auditor');
    });
  }

  #once<Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    let answer = this.#answers.get(question) as Promise<Answer> | undefined;
    if (!answer) {
      answer = ask();
      this.#answers.set(question, answer);
    }
    return answer;
  }
}

/** `Ada`, `FileVault`, `root`: the user's name, or the role's. */
export function principalName({ userIdentity }: CloudTrailRecord): string {
  const session = userIdentity['sessionContext'] as { sessionIssuer?: { userName?: string } } | undefined;
  const { userName } = userIdentity;
  return typeof userName === 'string' ? userName : (session?.sessionIssuer?.userName ?? 'root');
}

/** Whether the record is about this KMS key. */
export function isAbout({ resources = [] }: CloudTrailRecord, keyArn: string | undefined): boolean {
  return resources.some(({ ARN }) => ARN === keyArn);
}

export function succeeded({ errorCode }: CloudTrailRecord): boolean {
  return errorCode === undefined;
}

/** The encryption context of the request; empty when it had none, `undefined` when the record does not say. */
export function contextOf({ requestParameters }: CloudTrailRecord): Record<string, string> | undefined {
  if (requestParameters === null) return undefined;
  return (requestParameters['encryptionContext'] ?? {}) as Record<string, string>;
}

/** Which backing key did the work; only successful requests have one. */
export function materialOf({ additionalEventData }: CloudTrailRecord): string | undefined {
  return additionalEventData?.['keyMaterialId'] as string | undefined;
}

/** Two encryption contexts are the same when they have the same pairs, in any order. */
export function sameContext(one: Record<string, string>, other: Record<string, string>): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && one[name] === other[name])
  );
}

async function everyPage<Item>(
  fetchPage: (input: { Marker?: string }) => Promise<{ items: Item[]; next: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let marker: string | undefined;
  do {
    const { items, next } = await fetchPage(marker === undefined ? {} : { Marker: marker });
    all.push(...items);
    marker = next;
  } while (marker !== undefined);
  return all;
}
