import type { ConditionKeys } from '../service/permit.ts';
import type { AddLater, Call, Work } from '../service/service.ts';
import { table, type Reader } from '../vault/vault.ts';
import { arnOfKey, type KeyRecord } from './records.ts';

/** What GetKeyLastUsage tells of a key (KMS API Reference, KeyLastUsageData). */
export interface LastUsage {
  operation: string;
  /** Milliseconds since the Unix epoch. */
  time: number;
  cloudTrailEventId: string;
  kmsRequestId: string;
}

/** By key ARN. */
const lastUsages = table<LastUsage>('kms.last-usage');

/** Operations that count as a use of a key; AWS's KeyLastUsageTrackingOperation. */
const tracked: ReadonlySet<string> = new Set([
  'Decapsulate',
  'Decrypt',
  'DeriveSharedSecret',
  'Encapsulate',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'ReEncrypt',
  'Sign',
  'Verify',
  'VerifyMac',
]);

/** Notes a successful cryptographic operation on each key that it used. */
export function noteUsage(operation: string, call: Call, eventId: string, addLater: AddLater): void {
  if (!tracked.has(operation)) return;
  const usage = { operation, time: call.time, cloudTrailEventId: eventId, kmsRequestId: call.requestId };
  for (const { ARN, type } of call.audit.resources ?? []) {
    if (type === 'AWS::KMS::Key') addLater(lastUsages, ARN, usage);
  }
}

/** Since when AWS has recorded the use of keys (AWS KMS, "What's new", 23 April 2026). */
const trackingBegan = Date.UTC(2026, 3, 23);
const day = 86_400_000;

/**
 * Since when the use of a key has been recorded: AWS's own beginning, or the key's where that was later. A cloud
 * whose clock has not come to that day records from the key's making on, so that its learners can see it.
 */
export function trackingStart({ time }: Work, { created }: KeyRecord): number {
  return time < trackingBegan ? created : Math.max(created, trackingBegan);
}

/** The last use since tracking began, if there was one. */
export function lastUsageOf(work: Work, key: KeyRecord): LastUsage | undefined {
  const usage = work.transaction.get(lastUsages, arnOfKey(key));
  return usage && usage.time >= trackingStart(work, key) ? usage : undefined;
}

/** The last use on record, whenever tracking began. */
export function recordedUsage(reader: Reader, keyArn: string): LastUsage | undefined {
  return reader.get(lastUsages, keyArn);
}

/** kms:TrailingDaysWithoutKeyUsage: whole days since the last use, or since it would have been seen. */
function trailingDays(work: Work, key: KeyRecord): number {
  const since = lastUsageOf(work, key)?.time ?? trackingStart(work, key);
  return Math.floor((work.time - since) / day);
}

/** What policies can say of how long a key has lain unused, for the operations that take it out of use. */
export function unusedKeys(_input: unknown, key: KeyRecord, call: Call): ConditionKeys {
  return { 'kms:TrailingDaysWithoutKeyUsage': [String(trailingDays(call, key))] };
}

/** Another key may come to have the same ARN: a replica that is made anew. */
export function forgetUsage({ transaction }: Work, key: KeyRecord): void {
  transaction.delete(lastUsages, arnOfKey(key));
}
