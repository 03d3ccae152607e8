import { beforeEach, describe, expect, test } from 'vitest';
import type { Field, Step } from '../../src/engine/trace/trace.ts';
import { openTestGateway, sign, testService, toRequest, type TestGateway } from './support.ts';

const fieldsOf = (step: Step): Record<string, Field['value']> =>
  Object.fromEntries(step.fields.map(({ name, value }) => [name, value]));

describe('the trace of a request', () => {
  let gateway: TestGateway;

  beforeEach(async () => {
    gateway = await openTestGateway({ watched: true });
  });

  const stations = () => gateway.traces[0]!.steps.map(({ station, outcome }) => `${station}: ${outcome}`);

  test.each([
    '{"Plaintext":"c2VjcmV0"}',
    '{ "Plaintext" : "c2VjcmV0" }',
    '{"KeyStorePassword":"quoted \\"c2VjcmV0"}',
    '{"Plaintext":"c2VjcmV0',
  ])('secrets are for the client alone, however the body is written: %s', async (body) => {
    const parts = await sign(gateway.key('Ada'), { target: 'TrentService.Note', body });
    await gateway.handle(toRequest(parts));
    const [trace] = gateway.traces;
    expect(JSON.stringify(trace)).not.toContain('c2VjcmV0');
    expect(fieldsOf(trace!.steps[0]!)['Body']).toContain('(for the client alone)');
  });

  test('a mutation passes every station, and each step has the real values', async () => {
    const body = '{"key":"k","text":"t"}';
    const parts = await sign(gateway.key('Ada'), { target: 'TrentService.Note', body });
    const response = await gateway.handle(toRequest(parts));
    const [trace] = gateway.traces;
    expect(stations()).toEqual([
      'client: ok',
      'front-door: ok',
      'who: ok',
      'storage: ok',
      'audit: ok',
      'client: ok',
    ]);
    const [client, frontDoor, who, , audit, answer] = trace!.steps.map(fieldsOf);
    expect(trace!.steps[0]!.title).toBe('A client sends a Note request, signed in the name of Ada.');
    expect(client).toMatchObject({
      Method: 'POST',
      Body: body,
      Headers: { 'x-amz-target': 'TrentService.Note' },
    });
    expect(frontDoor).toMatchObject({ Service: 'kms', Operation: 'Note', Input: JSON.parse(body) as object });
    const given = /Signature=(\w{64})/.exec(parts.headers.authorization!)![1];
    expect(who).toMatchObject({ 'Signature given': given, 'Signature calculated': given });
    expect(who!['Canonical request']).toMatch(/^POST\n\/\n\n/);
    expect(who!['String to sign']).toMatch(/^AWS4-HMAC-SHA256\n20261001T000000Z\n20261001\/us-east-1\/kms\//);
    expect(audit!.Record).toEqual(gateway.records()[0]);
    expect(answer).toEqual({ Status: 200, Body: '{"noted":true}' });
    expect(trace).toMatchObject({
      requestId: response.headers.get('x-amzn-requestid'),
      eventId: gateway.records()[0]!.eventID,
      service: 'kms',
      operation: 'Note',
      principalArn: 'arn:aws:iam::111122223333:user/Ada',
      status: 200,
    });
    expect(JSON.stringify(trace)).not.toContain(gateway.key('Ada').secretAccessKey);
    // It goes to other threads.
    expect(structuredClone(trace)).toEqual(trace);
  });

  test('a wrong signature stops at who: both signatures show, and no audit record is written', async () => {
    const key = { ...gateway.key('Ada'), secretAccessKey: 'x'.repeat(40) };
    await gateway.handle(toRequest(await sign(key)));
    expect(stations()).toEqual(['client: ok', 'front-door: ok', 'who: refused', 'client: ok']);
    const who = fieldsOf(gateway.traces[0]!.steps[2]!);
    expect(who).toMatchObject({ Error: 'InvalidSignatureException' });
    expect(who['Signature given']).not.toBe(who['Signature calculated']);
    expect(gateway.traces[0]).not.toHaveProperty('principalArn');
    expect(gateway.traces[0]).not.toHaveProperty('eventId');
    expect(JSON.stringify(gateway.traces)).not.toContain(gateway.key('Ada').secretAccessKey);
  });

  test('an unknown operation stops at the front door, under its raw target', async () => {
    await gateway.handle(toRequest(await sign(gateway.key('Ada'), { target: 'TrentService.Explode' })));
    expect(stations()).toEqual(['client: ok', 'front-door: refused', 'client: ok']);
    expect(gateway.traces[0]).toMatchObject({
      operation: 'TrentService.Explode',
      status: 400,
      errorName: 'UnknownOperationException',
    });
  });

  test('an error of the operation shows its wall', async () => {
    await gateway.handle(toRequest(await sign(gateway.key('Ada'), { target: 'TrentService.FailSilently' })));
    expect(stations()).toEqual([
      'client: ok',
      'front-door: ok',
      'who: ok',
      'front-door: refused',
      'audit: ok',
      'client: ok',
    ]);
  });

  test('while nobody watches nothing is described', async () => {
    let described = 0;
    gateway = await openTestGateway({
      watched: false,
      services: [
        {
          ...testService,
          invoke(_name, _input, { trace }) {
            expect(trace.watched).toBe(false);
            trace.step(() => {
              described++;
              return { station: 'may', title: '', fields: [], outcome: 'ok' };
            });
            return Promise.resolve({});
          },
        },
      ],
    });
    expect((await gateway.handle(toRequest(await sign(gateway.key('Ada'))))).status).toBe(200);
    expect([described, gateway.traces.length]).toEqual([0, 0]);
    expect(gateway.defects).toEqual([]);
  });
});
