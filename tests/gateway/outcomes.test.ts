import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AwsError } from '../../src/engine/errors/aws-error.ts';
import type { VaultAdapter } from '../../src/engine/vault/adapter.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { openVault } from '../../src/engine/vault/open-vault.ts';
import { trail } from '../../src/engine/cloudtrail/recorder.ts';
import { table } from '../../src/engine/vault/vault.ts';
import {
  errorOf,
  notes,
  openTestGateway,
  sign,
  testService,
  toRequest,
  type TestGateway,
} from './support.ts';

describe('how a call ends', () => {
  let gateway: TestGateway;

  beforeEach(async () => {
    gateway = await openTestGateway();
  });

  async function call(operation: string, body = '{}', as = 'Ada'): Promise<Response> {
    return gateway.handle(
      toRequest(await sign(gateway.key(as), { target: `TrentService.${operation}`, body })),
    );
  }

  describe('without a defect', () => {
    afterEach(() => {
      expect(gateway.defects).toEqual([]);
    });

    test('a mutation and its audit record are one commit', async () => {
      const before = (await gateway.vault.journal(0)).length;
      expect((await call('Note', '{"key":"k","text":"t"}')).status).toBe(200);
      const commits = (await gateway.vault.journal(0)).slice(before);
      expect(commits.map(({ changes }) => changes.map(({ table }) => table).sort())).toEqual([
        [trail.name, notes.name].sort(),
      ]);
      expect(gateway.records()).toMatchObject([{ eventName: 'Note', readOnly: false }]);
    });

    test('a mutation that fails leaves nothing but its audit record', async () => {
      const { status, name } = await errorOf(await call('NoteAndFail', '{"key":"k","text":"t"}'));
      expect([status, name]).toEqual([400, 'NotFoundException']);
      expect(gateway.vault.get(notes, 'k')).toBeUndefined();
      expect(gateway.records()).toMatchObject([
        { eventName: 'NoteAndFail', errorCode: 'NotFoundException', errorMessage: 'There is no such thing.' },
      ]);
    });

    test('a read-only call is audited, at once to be seen', async () => {
      const response = await call('Echo');
      expect(gateway.records()).toMatchObject([
        {
          eventName: 'Echo',
          readOnly: true,
          requestID: response.headers.get('x-amzn-requestid'),
          sourceIPAddress: '127.0.0.1',
        },
      ]);
    });

    test('an error without a message has none on the wire', async () => {
      const response = await call('FailSilently');
      expect([response.status, await response.text()]).toEqual([
        400,
        '{"__type":"InvalidCiphertextException"}',
      ]);
    });

    test('a service is told of calls that succeeded, with the id of their record', async () => {
      const told: [string, string][] = [];
      const lasting = table<string>('test.lasting');
      gateway = await openTestGateway({
        services: [
          {
            ...testService,
            completed(operation, call, eventId, addLater) {
              told.push([operation, eventId]);
              addLater(lasting, operation, call.requestId);
            },
          },
        ],
      });
      await call('NoteAndFail', '{"key":"k","text":"t"}');
      await call('Note', '{"key":"k","text":"t"}');
      const echo = await call('Echo');
      const ids = new Map(gateway.records().map(({ eventName, eventID }) => [eventName, eventID]));
      expect(told).toEqual([
        ['Note', ids.get('Note')],
        ['Echo', ids.get('Echo')],
      ]);
      expect(gateway.vault.get(lasting, 'Echo')).toBe(echo.headers.get('x-amzn-requestid'));
    });

    test("a storage that fails is KMSInternalException with the storage's own words", async () => {
      expect(await errorOf(await call('StorageFails'))).toEqual({
        status: 500,
        name: 'KMSInternalException',
        message: 'The disk is full.',
      });
    });

    test('a commit that fails takes the mutation and its audit record back', async () => {
      const memory = memoryAdapter();
      let broken = false;
      const adapter: VaultAdapter = {
        ...memory,
        durability: memory.durability,
        append: (...args) => (broken ? Promise.reject(new Error('quota')) : memory.append(...args)),
      };
      gateway = await openTestGateway({ vault: await openVault({ adapter, clock: { now: () => 0 } }) });
      broken = true;
      expect(await errorOf(await call('Note', '{"key":"k","text":"t"}'))).toMatchObject({
        status: 500,
        name: 'KMSInternalException',
      });
      expect(gateway.vault.get(notes, 'k')).toBeUndefined();
      expect(gateway.records().filter(({ errorCode }) => errorCode === undefined)).toEqual([]);
    });

    test('a rerun after a conflict starts afresh, and is one call', async () => {
      const counter = table<number>('test.counter');
      let runs = 0;
      let asked = 0;
      gateway = await openTestGateway({
        watched: true,
        throttle: () => {
          asked++;
          return false;
        },
        services: [
          {
            ...testService,
            async invoke(_name, _input, { transaction, audit, trace }) {
              runs++;
              const count = transaction.get(counter, 'c') ?? 0;
              trace.step(() => ({ station: 'storage', title: `Reads ${count}.`, fields: [], outcome: 'ok' }));
              audit.additionalEventData = { ...audit.additionalEventData, [`run${runs}`]: count };
              // Somebody else is quicker, once.
              if (runs === 1) await gateway.vault.transact('other', (other) => other.put(counter, 'c', 41));
              transaction.put(counter, 'c', count + 1);
              return { count };
            },
          },
        ],
      });
      expect(await (await call('Note')).json()).toEqual({ count: 41 });
      expect([runs, asked]).toEqual([2, 1]);
      expect(gateway.vault.get(counter, 'c')).toBe(42);
      expect(gateway.records().map(({ additionalEventData }) => additionalEventData)).toEqual([{ run2: 41 }]);
      expect(
        gateway.traces[0]!.steps.filter(({ station }) => station === 'storage').map(({ title }) => title),
      ).toEqual(['Reads 41.']);
    });

    test('throttling refuses in the words of KMS and is audited', async () => {
      gateway = await openTestGateway({ throttle: (_call, operation) => operation === 'Echo' });
      expect(await errorOf(await call('Echo'))).toEqual({
        status: 400,
        name: 'ThrottlingException',
        message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
      });
      expect((await call('Nothing')).status).toBe(200);
      expect(gateway.records()).toMatchObject([
        { eventName: 'Nothing' },
        { errorCode: 'ThrottlingException' },
      ]);
    });
  });

  test('a defect is hidden behind the request id, and reported', async () => {
    const response = await call('Defective');
    const id = response.headers.get('x-amzn-requestid')!;
    const { status, name, message } = await errorOf(response);
    expect([status, name]).toEqual([500, 'KMSInternalException']);
    expect(message).toContain(id);
    expect(message).not.toContain('A defect.');
    expect(gateway.defects).toEqual([new TypeError('A defect.')]);
  });

  test('an observer that fails does not harm the request', async () => {
    gateway = await openTestGateway({
      observer: {
        watching: true,
        take() {
          throw new AwsError('Oops');
        },
      },
    });
    expect((await call('Echo')).status).toBe(200);
    expect(gateway.defects).toHaveLength(1);
  });
});
