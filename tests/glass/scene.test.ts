import { describe, expect, test } from 'vitest';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { planStops, refusalStep, resultStep, sceneAt } from '../../src/lib/glass/house/scene.ts';
import { observedRequests } from './requests.ts';

/** Real requests to a real cloud, and what the picture makes of their traces. */
async function traces() {
  const requests = await observedRequests();
  const named = (name: keyof typeof requests): TraceRecord => requests[name].trace;
  return { named, all: Object.values(requests).map(({ trace }) => trace) };
}

describe('stops', () => {
  test('there is one for each step, in order, in the room where the step happened', async () => {
    const { all } = await traces();
    for (const trace of all) {
      const stops = planStops(trace);
      expect(stops.map(({ station }) => station)).toEqual(trace.steps.map(({ station }) => station));
      expect(stops.map(({ step }) => step)).toEqual(trace.steps.map((_, index) => index));
    }
  });

  test('a request leaves its client outwards and comes back to it', async () => {
    const { all } = await traces();
    for (const trace of all) {
      const stops = planStops(trace);
      expect(stops[0]).toMatchObject({ station: 'client', bearing: 'out' });
      expect(stops.at(-1)).toMatchObject({ station: 'client', bearing: 'back' });
    }
  });

  test('storage is on the way out for a key that is read, and on the way back for one that was made', async () => {
    const { named } = await traces();
    const bearings = (trace: TraceRecord) =>
      planStops(trace)
        .filter(({ station }) => station === 'storage')
        .map(({ bearing }) => bearing);
    expect(bearings(named('encrypt'))).toEqual(['out', 'out']);
    expect(bearings(named('createKey'))).toEqual(['back']);
  });

  test('those that share a place stand side by side', async () => {
    const { named } = await traces();
    const inModule = planStops(named('encrypt')).filter(({ station }) => station === 'hsm');
    expect(inModule.length).toBeGreaterThan(2);
    expect(inModule.map(({ slot }) => slot)).toEqual(inModule.map((_, index) => index));
    expect(new Set(inModule.map(({ slots }) => slots))).toEqual(new Set([inModule.length]));
  });
});

describe('rooms', () => {
  test('light up one after the other', async () => {
    const { named } = await traces();
    const trace = named('encrypt');
    const start = sceneAt(trace, 0);
    expect(start.rooms).toMatchObject({ client: 'current', who: 'ahead', hsm: 'ahead' });
    const firstInModule = trace.steps.findIndex(({ station }) => station === 'hsm');
    const inside = sceneAt(trace, firstInModule);
    expect(inside.rooms).toMatchObject({ who: 'passed', may: 'passed', hsm: 'current', audit: 'ahead' });
    const end = sceneAt(trace, trace.steps.length - 1);
    expect(end.rooms).toMatchObject({ client: 'current', hsm: 'passed', audit: 'passed' });
  });

  test('where the request never comes stay dark', async () => {
    const { named } = await traces();
    expect(sceneAt(named('createAlias'), 0).rooms.hsm).toBe('never');
  });

  test('without a policy that allows it, the request is refused at “may”, and never sees the module', async () => {
    const { named } = await traces();
    const trace = named('mallory');
    const scene = sceneAt(trace, trace.steps.length - 1);
    expect(trace.steps[refusalStep(trace)]?.station).toBe('may');
    expect(scene.rooms).toMatchObject({ may: 'refused', hsm: 'never', audit: 'passed' });
  });

  test('an altered ciphertext is refused inside the module', async () => {
    const { named } = await traces();
    const trace = named('altered');
    expect(sceneAt(trace, resultStep(trace)).rooms.hsm).toBe('refused');
  });

  test('a forged signature is refused at “who”, and leaves no audit record', async () => {
    const { named } = await traces();
    const trace = named('forged');
    expect(sceneAt(trace, resultStep(trace)).rooms).toMatchObject({ who: 'refused', audit: 'never' });
  });
});

describe('what the request carries', () => {
  const carried = (trace: TraceRecord, index: number) => sceneAt(trace, index).carried;

  test('is the operation, the principal, the decision, the ciphertext’s size, the status', async () => {
    const { named } = await traces();
    const trace = named('encrypt');
    const at = (station: string) => trace.steps.findIndex((step) => step.station === station);
    const sealing = trace.steps.findIndex(({ title }) => title.includes('seals'));
    expect(carried(trace, 0)).toBe('Encrypt');
    expect(carried(trace, at('who'))).toBe('user/Ada');
    expect(carried(trace, at('may'))).toBe('allowed');
    expect(carried(trace, sealing)).toMatch(/^Ciphertext… \d+ B$/);
    expect(carried(trace, trace.steps.length - 1)).toBe('200');
  });

  test('fits its place in every step', async () => {
    const { all } = await traces();
    for (const trace of all) {
      for (const index of trace.steps.keys()) expect(carried(trace, index).length).toBeLessThanOrEqual(18);
    }
  });

  test('is the error’s name in the end, when the request was refused', async () => {
    const { named } = await traces();
    const trace = named('mallory');
    expect(carried(trace, trace.steps.length - 1)).toBe('AccessDeniedExcep…');
  });
});

test('a step out of range is the nearest there is', async () => {
  const { named } = await traces();
  const trace = named('encrypt');
  expect(sceneAt(trace, 999).current?.step).toBe(trace.steps.length - 1);
  expect(sceneAt(trace, -1).current?.step).toBe(0);
  expect(sceneAt({ ...trace, steps: [] }, 0)).toMatchObject({ current: undefined, carried: '' });
});
