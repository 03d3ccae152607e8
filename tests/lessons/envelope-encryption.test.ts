import { describe, expect, it } from 'vitest';
import checkSource from '../../lessons/01-envelope-encryption/01-a-file-of-your-own/checks.ts?raw';
import { checks, type StepId } from '../../lessons/01-envelope-encryption/01-a-file-of-your-own/checks.ts';
import { mistakes } from '../../lessons/01-envelope-encryption/01-a-file-of-your-own/mistakes.ts';
import { solution } from '../../lessons/01-envelope-encryption/01-a-file-of-your-own/solution.ts';
import type { CheckResult } from '../../src/lib/lesson/model.ts';
import { openWorld } from './world.ts';

type World = Awaited<ReturnType<typeof openWorld>>;
const steps = Object.keys(checks) as StepId[];

/** A world in which all steps before this one have been solved. */
async function worldBefore(step: StepId): Promise<World> {
  const world = await openWorld();
  for (const earlier of steps.slice(0, steps.indexOf(step))) await solution[earlier](world);
  return world;
}

async function look(world: World, step: StepId): Promise<CheckResult[]> {
  const scene = world.scene();
  return Promise.all(checks[step].map((check) => check.look(scene)));
}

const kinds = (results: CheckResult[]) => new Set(results.map(({ kind }) => kind));
const texts = (results: CheckResult[]) =>
  results.flatMap((result) => (result.kind === 'done' ? [] : [result.message]));

describe.each(steps)('step %s', (step) => {
  it('is not done to begin with, in any of its checks, and says what to do', async () => {
    const results = await look(await worldBefore(step), step);
    expect(kinds(results)).toEqual(new Set(['not-yet']));
    for (const text of texts(results)) expect(text.length).toBeGreaterThan(10);
  });

  it('is done, in all of its checks, by the written solution', async () => {
    const world = await worldBefore(step);
    await solution[step](world);
    expect(kinds(await look(world, step))).toEqual(new Set(['done']));
  });

  it('is not done in an empty cloud', async () => {
    expect(kinds(await look(await openWorld(), step))).not.toContain('done');
  });

  it('is not done by looking', async () => {
    const world = await worldBefore(step);
    await look(world, step);
    expect(kinds(await look(world, step))).toEqual(new Set(['not-yet']));
  });
});

describe.each(mistakes)('the mistake $id in step $step', ({ step, id, commit, repair }) => {
  it('gets its own message, and the step is not done', async () => {
    const world = await worldBefore(step as StepId);
    await commit(world);
    const results = await look(world, step as StepId);
    const found = results.filter((result) => result.kind === 'mistake');
    expect(found.map((result) => result.id)).toEqual([id]);
    expect(kinds(results)).not.toEqual(new Set(['done']));
  });

  it('can be made good by the written solution', async () => {
    const world = await worldBefore(step as StepId);
    await commit(world);
    await repair?.(world);
    await solution[step as StepId](world);
    expect(kinds(await look(world, step as StepId))).toEqual(new Set(['done']));
  });
});

it('has a message of its own for each mistake, and a mistake for each message', async () => {
  const messages = new Map<string, string>();
  for (const { step, id, commit } of mistakes) {
    const world = await worldBefore(step as StepId);
    await commit(world);
    for (const result of await look(world, step as StepId)) {
      if (result.kind === 'mistake') messages.set(result.message, id);
    }
  }
  expect([...messages.values()].sort()).toEqual(mistakes.map(({ id }) => id).sort());
  const written = [...checkSource.matchAll(/mistake\(\s*'([a-z-]+)'/g)].map(([, id]) => id);
  expect(written.sort()).toEqual(mistakes.map(({ id }) => id).sort());
});
