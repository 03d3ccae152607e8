import type { CloudView } from '$engine/observation.ts';
import type { TraceRecord } from '$engine/trace/trace.ts';
import { examplesText } from '$lib/strings/examples.ts';
import { readRecording } from './recording.ts';

/** A request that was recorded, to be looked at without a cloud. A test plays it anew and compares. */
export interface Example {
  /** Stable: `/glass#example=<name>&step=<n>` leads here. */
  name: ExampleName;
  title: string;
  /** What there is to see. */
  line: string;
  /** Rejects where the recording cannot be fetched. */
  load: () => Promise<{ trace: TraceRecord; view: CloudView }>;
}

export type ExampleName = keyof typeof examplesText;

const recordings = import.meta.glob<unknown>('$examples/*/recorded.json', { import: 'default' });
const names = Object.keys(examplesText) as ExampleName[];

/** All examples, in the order in which they are listed. */
export const examples: readonly Example[] = names.map((name) => ({
  name,
  ...examplesText[name],
  load: async () => readRecording(await recordingOf(name)) as { trace: TraceRecord; view: CloudView },
}));

/** `undefined`: no example has this name. */
export function exampleNamed(name: string): Example | undefined {
  return examples.find((example) => example.name === name);
}

function recordingOf(name: ExampleName): Promise<unknown> {
  const path = Object.keys(recordings).find((each) => each.endsWith(`/${name}/recorded.json`));
  if (path === undefined) throw new Error(`The example ${name} is not recorded.`);
  return recordings[path]!();
}
