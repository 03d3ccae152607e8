import * as v from 'valibot';
import { readScenario, ScenarioError } from '$engine/scenario/read-scenario.ts';
import type { Scenario } from '$engine/scenario/schema/scenario.ts';
import type { TraceRecord } from '$engine/trace/trace.ts';
import { scenarioFacts } from '$lib/cloud/scenario-facts.ts';
import { nothingHidden, traceSchema } from './trace-schema.ts';

/** How much of each thing a link may hold. */
export const limits = {
  title: 120,
  seed: 64,
  keys: 200,
  files: 20,
  fileName: 80,
  fileText: 200_000,
  script: 50_000,
};

const text = (most: number) => v.pipe(v.string(), v.maxLength(most), v.check(nothingHidden));

/** `main.ts`, `lib/keys.ts`: no way up, and nothing hidden. */
const fileName = v.pipe(
  v.string(),
  v.maxLength(limits.fileName),
  v.regex(/^(?:[A-Za-z\d_][\w-]*\/)*[A-Za-z\d_][\w.-]*\.(?:ts|js|json)$/),
);

const fileSchema = v.strictObject({ name: fileName, text: text(limits.fileText) });

/** Making keys takes time, that of RSA keys seconds each; whoever opens a link is not to wait for hours. */
export const hasTooManyKeys = (scenario: Scenario): boolean => scenarioFacts(scenario).keys > limits.keys;

/** Its texts are shown as JSON, which writes control characters out, but not what makes text run backwards. */
const scenario = v.custom<Scenario>((value) => {
  try {
    readScenario(value);
  } catch (error) {
    if (error instanceof ScenarioError) return false;
    throw error;
  }
  return !hasTooManyKeys(value as Scenario) && nothingHidden(JSON.stringify(value));
});

/** What a shared link may hold. Each part is there only because the sharer chose it. */
export const sharedSchema = v.pipe(
  v.strictObject({
    title: v.exactOptional(text(limits.title)),
    /** What a cloud can be founded from. Of other clouds nothing is shared that a key could come from. */
    seed: v.exactOptional(v.pipe(text(limits.seed), v.minLength(1))),
    /** How a cloud is to be founded; with a seed, both together. */
    scenario: v.exactOptional(scenario),
    code: v.exactOptional(
      v.pipe(
        v.array(fileSchema),
        v.minLength(1),
        v.maxLength(limits.files),
        v.check((files) => new Set(files.map(({ name }) => name)).size === files.length),
      ),
    ),
    /** Lines for the terminal. */
    script: v.exactOptional(v.pipe(text(limits.script), v.minLength(1))),
    /** A request that was made in the sharer's cloud. */
    trace: v.exactOptional(traceSchema),
  }),
  v.check(({ title: _title, ...parts }) => Object.keys(parts).length > 0),
);

export interface Shared extends Omit<v.InferOutput<typeof sharedSchema>, 'trace'> {
  trace?: TraceRecord;
}
