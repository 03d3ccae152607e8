import type { AddLater, Call } from '../service/service.ts';
import { table } from '../vault/vault.ts';

/** What GetKeyLastUsage tells of a key (KMS API Reference, KeyLastUsageData). */
export interface LastUsage {
  operation: string;
  /** Milliseconds since the Unix epoch. */
  time: number;
  cloudTrailEventId: string;
  kmsRequestId: string;
}

/** By key ARN. */
export const lastUsages = table<LastUsage>('kms.last-usage');

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
