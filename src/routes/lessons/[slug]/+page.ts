import type { Component } from 'svelte';
import { error } from '@sveltejs/kit';
import type { Checks, Scenario } from '$lib/lesson/model.ts';
import type { PageLoad } from './$types';

/** Each lesson's text and checks are pieces of their own, so a page brings only its own lesson. */
const texts = import.meta.glob<Component>('/lessons/*/*/lesson.md', { import: 'default' });
const checks = import.meta.glob<Checks>('/lessons/*/*/checks.ts', { import: 'checks' });
const scenarios = import.meta.glob<Scenario>('/lessons/*/*/scenario.ts', { import: 'scenario' });

export const load: PageLoad = async ({ data }) => {
  const { folder } = data;
  const parts = [
    texts[`${folder}/lesson.md`],
    checks[`${folder}/checks.ts`],
    scenarios[`${folder}/scenario.ts`],
  ] as const;
  const [loadText, loadChecks, loadScenario] = parts;
  if (!loadText || !loadChecks || !loadScenario) error(500, `${folder} is not complete.`);
  const [Text, theChecks, scenario] = await Promise.all([loadText(), loadChecks(), loadScenario()]);
  return { ...data, Text, lesson: { meta: data.meta, checks: theChecks, scenario } };
};
