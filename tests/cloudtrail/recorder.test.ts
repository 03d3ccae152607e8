import { describe, expect, test } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { recorder, trail } from '../../src/engine/cloudtrail/recorder.ts';
import { AwsError } from '../../src/engine/errors/aws-error.ts';
import type { AccessKey, Caller, Principal } from '../../src/engine/iam/types.ts';
import type { FinishedCall } from '../../src/engine/service/recorder.ts';
import { silentTrace } from '../../src/engine/trace/trace.ts';
import { manualClock } from '../../src/engine/clock/clock.ts';
import type { ServiceEvent } from '../../src/engine/service/recorder.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { openVault } from '../../src/engine/vault/open-vault.ts';
import type { Transaction } from '../../src/engine/vault/vault.ts';
import { testService } from '../gateway/support.ts';

const time = Date.parse('2026-10-01T08:05:11Z');
const [here, there, third] = ['111122223333', '444455556666', '777788889999'];

const keyOf = (accountId: string) => ({
  accountId,
  type: 'AWS::KMS::Key',
  ARN: `arn:aws:kms:us-east-1:${accountId}:key/k`,
});

const role: Principal = {
  arn: `arn:aws:iam::${here}:role/Reader`,
  accountId: here,
  type: 'Role',
  name: 'Reader',
  principalId: 'AROAEXAMPLE',
  policies: [],
};

function callerOf(principal: Principal, accessKey: Partial<AccessKey> = {}): Caller {
  return {
    principal,
    accessKey: {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 's',
      sessionName: 'app',
      principalArn: principal.arn,
      created: time,
      ...accessKey,
    },
    arn: principal.arn,
  };
}

function finished(caller: Caller, accounts: string[], error?: AwsError): FinishedCall {
  return {
    call: {
      requestId: 'r',
      time,
      region: 'us-east-1',
      caller,
      sourceIp: '192.0.2.1',
      userAgent: 'a test',
      trace: silentTrace,
      transaction: undefined as unknown as Transaction,
      audit: { requestParameters: { keyId: 'k' }, resources: accounts.map(keyOf) },
    },
    service: testService,
    operation: 'Decrypt',
    readOnly: true,
    ...(error && { error }),
  };
}

describe('the use of another account’s key', () => {
  test('stands in both trails, and the owner learns no more of the caller than AWS tells', () => {
    const { own, elsewhere } = recorder(systemRandomness).record(finished(callerOf(role), [there]));
    expect(own.key.startsWith(`${here}/us-east-1/`)).toBe(true);
    expect(own.record).toMatchObject({
      recipientAccountId: here,
      userIdentity: { type: 'AssumedRole', sessionContext: { attributes: { mfaAuthenticated: 'false' } } },
    });
    expect(elsewhere).toHaveLength(1);
    const { key, record } = elsewhere[0]!;
    expect(key.startsWith(`${there}/us-east-1/`)).toBe(true);
    expect(record).toEqual({
      ...own.record,
      eventID: expect.any(String),
      recipientAccountId: there,
      userIdentity: { type: 'AWSAccount', principalId: 'AROAEXAMPLE:app', accountId: here },
    });
    expect(record.eventID).not.toBe(own.record.eventID);
    expect(record.sharedEventID).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is told to each owner once', () => {
    const accounts = [there, here, third, there];
    const { elsewhere } = recorder(systemRandomness).record(finished(callerOf(role), accounts));
    expect(elsewhere.map(({ record }) => record.recipientAccountId)).toEqual([there, third]);
  });

  test.each(['AccessDeniedException', 'NotFoundException'])('refused with %s stays at home', (name) => {
    const call = finished(callerOf(role), [there], new AwsError(name));
    const { own, elsewhere } = recorder(systemRandomness).record(call);
    expect(elsewhere).toEqual([]);
    expect(own.record).not.toHaveProperty('sharedEventID');
  });

  test('that fails for the key’s own reasons is told to its owner', () => {
    const call = finished(callerOf(role), [there], new AwsError('DisabledException'));
    expect(recorder(systemRandomness).record(call).elsewhere).toMatchObject([
      { record: { errorCode: 'DisabledException' } },
    ]);
  });
});

describe('services', () => {
  test('that call for a principal stand in the place of its address', () => {
    const caller = callerOf(role, { viaService: 's3.amazonaws.com', mfa: true });
    const { record } = recorder(systemRandomness).record(finished(caller, [here])).own;
    expect(record).toMatchObject({
      userIdentity: {
        type: 'AssumedRole',
        invokedBy: 's3.amazonaws.com',
        sessionContext: { attributes: { mfaAuthenticated: 'true' } },
      },
      sourceIPAddress: 's3.amazonaws.com',
      userAgent: 's3.amazonaws.com',
    });
    expect(record).not.toHaveProperty('tlsDetails');
  });

  test('that call for themselves are in the trail of the account whose resource they act for', () => {
    const service: Principal = {
      arn: 'cloudtrail.amazonaws.com',
      accountId: '',
      type: 'Service',
      name: 'cloudtrail.amazonaws.com',
      principalId: 'cloudtrail.amazonaws.com',
      policies: [],
    };
    const caller = callerOf(service, { sourceAccount: here });
    const { own, elsewhere } = recorder(systemRandomness).record(finished(caller, [there]));
    const userIdentity = { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' };
    expect(own.record).toMatchObject({ recipientAccountId: here, userIdentity });
    expect(elsewhere).toMatchObject([{ record: { recipientAccountId: there, userIdentity } }]);
    const unbound = recorder(systemRandomness).record(finished(callerOf(service), [there])).own;
    expect(unbound.record.recipientAccountId).toBe(there);
  });

  test('that act by themselves have no request', async () => {
    const details = { rotationType: 'AUTOMATIC', keyId: 'k' };
    const event = { time, accountId: here, region: 'us-east-1', keyArns: [keyOf(here).ARN] };
    const [filed] = await recordedEvents([{ ...event, name: 'RotateKey', serviceEventDetails: details }]);
    expect(filed!.key.startsWith(`${here}/us-east-1/`)).toBe(true);
    expect(filed!.value).toEqual({
      eventVersion: '1.11',
      userIdentity: { accountId: here, invokedBy: 'AWS Internal' },
      eventTime: '2026-10-01T08:05:11Z',
      eventSource: 'kms.amazonaws.com',
      eventName: 'RotateKey',
      awsRegion: 'us-east-1',
      sourceIPAddress: 'AWS Internal',
      userAgent: 'AWS Internal',
      requestParameters: null,
      responseElements: null,
      eventID: expect.any(String),
      readOnly: false,
      resources: [keyOf(here)],
      eventType: 'AwsServiceEvent',
      managementEvent: true,
      recipientAccountId: here,
      serviceEventDetails: details,
      eventCategory: 'Management',
    });
    const [synchronised] = await recordedEvents([{ ...event, name: 'SynchronizeMultiRegionKey' }]);
    expect(synchronised!.value.eventType).toBe('AwsApiCall');
  });

  test('leave records that stand newest first, those of one millisecond too', async () => {
    const event = { time, accountId: here, region: 'us-east-1', keyArns: [] };
    const filed = await recordedEvents([
      { ...event, name: 'first' },
      { ...event, name: 'second' },
      { ...event, name: 'third', time: time + 1 },
    ]);
    expect(filed.map(({ value }) => value.eventName)).toEqual(['third', 'second', 'first']);
  });
});

async function recordedEvents(events: ServiceEvent[]) {
  const vault = await openVault({ adapter: memoryAdapter(), clock: manualClock(time) });
  const { recordServiceEvent } = recorder(systemRandomness);
  await vault.transact('events', (transaction) => {
    for (const event of events) recordServiceEvent(transaction, event);
  });
  return vault.list(trail);
}
