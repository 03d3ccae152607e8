import * as v from 'valibot';
import { contradictions } from './contradictions.ts';
import { scenarioSchema, type Scenario } from './schema/scenario.ts';

/** What is wrong with a scenario, each with the place: `accounts[0].keys[1].spec: …`. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';

  constructor(readonly problems: readonly string[]) {
    super(`The scenario is not valid.\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** Reads a scenario from JSON text. Throws `ScenarioError`. */
export function parseScenario(json: string): Scenario {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new ScenarioError([`It is not JSON: ${(error as Error).message}`]);
  }
  return readScenario(value);
}

/** Holds a value against the form of a scenario (`docs/scenario.md`). Throws `ScenarioError`. */
export function readScenario(value: unknown): Scenario {
  const result = v.safeParse(scenarioSchema, value);
  if (!result.success) throw new ScenarioError(result.issues.map(problemOf));
  const found = contradictions(result.output);
  if (found.length > 0) throw new ScenarioError(found);
  return result.output;
}

type Issue = v.BaseIssue<unknown>;

function problemOf(issue: Issue): string {
  return `${placeOf(issue)}: ${wordsOf(issue)}`;
}

function placeOf({ path }: Issue): string {
  const place = (path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  return place === '' ? 'The scenario' : place.replace(/^\./, '');
}

function wordsOf(issue: Issue): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'There is no such member.';
  if (issue.type === 'strict_object' && issue.path?.length && issue.expected?.startsWith('"')) {
    return 'This is missing.';
  }
  return issue.message;
}
